import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Clock, Guest, Share, ShareDirectory } from '../seams.ts'

/** How long a password that was given opens a link. */
export const PASS_SECONDS = 24 * 3600
const PASS = /^([A-Za-z0-9_-]{22})\.(\d{10})\.([A-Za-z0-9_-]{43})$/
/** Domains are shorter, passes have 77 characters. */
const LONGEST = 260

/** What somebody shows to see a shared dashboard: whose share it names, and whether it opens it. */
export interface Shown {
  share: Share
  open: boolean
}

export interface Passes {
  /** What the credential names; undefined where that is nothing (any more). */
  read(credential: string): Promise<Shown | undefined>
  /** The pass of a link whose password was given. */
  make(token: string, share: Share): { credential: string; expiresAt: number }
}

/** The credential that a request carries, if it is one of a guest (contract/sharing.ts). */
export function credentialOf({ headers, query, method }: Pick<FastifyRequest, 'headers' | 'query' | 'method'>): string | undefined {
  const header = /^Share +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  const asked = method === 'GET' ? (query as { share?: unknown } | undefined)?.share : undefined
  const credential = header ?? (typeof asked === 'string' ? asked : undefined)
  return credential === undefined ? undefined : credential.slice(0, LONGEST + 1)
}

/**
 * Passes are signed, not stored: `TOKEN.EXPIRES.SIGNATURE`. The hash of the password is part of what is signed, so a pass ends when the
 * password changes, and with the link.
 */
export function createPasses(parts: { shares: ShareDirectory; clock: Clock; key: Buffer }): Passes {
  const { shares, clock, key } = parts
  const sign = (token: string, expires: number, { link, passwordHash }: Share) =>
    createHmac('sha256', key)
      .update(JSON.stringify([token, expires, link, passwordHash]))
      .digest('base64url')

  return {
    async read(credential) {
      if (credential.length > LONGEST) return undefined
      const [, token, until, signature] = PASS.exec(credential) ?? []
      const share = await shares.share(token ?? credential)
      if (!share || share.passwordHash === null) return share && token === undefined ? { share, open: true } : undefined
      if (token === undefined) return { share, open: false }
      const expected = sign(token, Number(until), share)
      const right = timingSafeEqual(Buffer.from(expected), Buffer.from(signature!))
      return { share, open: right && Number(until) * 1000 > clock() }
    },
    make(token, share) {
      const expiresAt = Math.floor(clock() / 1000) + PASS_SECONDS
      return { credential: `${token}.${expiresAt}.${sign(token, expiresAt, share)}`, expiresAt }
    },
  }
}

export const guestOf = ({ link, site, filters }: Share): Guest => ({ kind: 'guest', link, site: site.id, filters })
