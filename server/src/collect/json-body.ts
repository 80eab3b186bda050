import { isUtf8 } from 'node:buffer'
import type { FastifyRequest } from 'fastify'
import { invalid } from '../errors.ts'
import { isObject } from '../lib/text.ts'

const NO_BODY = Buffer.alloc(0)

/** The body as it came: in the collector's scope nothing else reads it. */
export function bytesOf(request: FastifyRequest): Buffer {
  const body: unknown = request.body
  return Buffer.isBuffer(body) ? body : NO_BODY
}

/** @throws AppError `invalid_request` */
export function parseObject(bytes: Buffer): Record<string, unknown> {
  return asObject(parseJson(bytes))
}

/** @throws AppError `invalid_request` where it is no list, or longer than `most` */
export function parseList(bytes: Buffer, most: number): unknown[] {
  const list = parseJson(bytes)
  if (!Array.isArray(list)) throw invalid({ request: ['must be a JSON array'] })
  if (list.length > most) throw invalid({ request: [`must have at most ${most} items, not ${list.length}`] })
  return list
}

/** @throws AppError `invalid_request` */
export function asObject(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw invalid({ request: ['must be a JSON object'] })
  return value
}

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw invalid({ request: ['is not UTF-8'] })
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw invalid({ request: ['is not valid JSON'] })
  }
}
