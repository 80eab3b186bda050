import type { ErrorBody } from '@footfall/contract/errors.ts'
import { ApiError } from './api.ts'

/**
 * Sends a file, from the disk as it is read. Not `fetch`: that does not tell how much has left.
 *
 * @param onProgress share of the file that has left, 0–1
 * @throws ApiError where it was refused or the connection broke
 * @throws the reason of `signal` where that ended it
 */
export function upload(address: string, file: Blob, { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal }) {
  return new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('content-type', 'application/x-ndjson')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total))
    request.addEventListener('error', () => reject(new ApiError(0, 'offline', 'The server cannot be reached.')))
    request.addEventListener('abort', () => reject(signal.reason as Error))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve()
      else reject(refusal(request.status, request.responseText))
    })
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function refusal(status: number, text: string): ApiError {
  let body: Partial<ErrorBody> = {}
  try {
    body = JSON.parse(text) as Partial<ErrorBody>
  } catch {
    // A proxy in between answers with a page.
  }
  return new ApiError(status, body.code ?? (status === 413 ? 'too_large' : 'internal'), body.error ?? `The server answered ${status}.`)
}
