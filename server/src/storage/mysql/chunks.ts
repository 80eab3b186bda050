/** Pieces of a statement that fit into one together: at most `limit` characters, but at least one piece. */
export function* chunks(pieces: readonly string[], limit: number): Generator<string[]> {
  let chunk: string[] = []
  let length = 0
  for (const piece of pieces) {
    if (chunk.length > 0 && length + piece.length > limit) {
      yield chunk
      chunk = []
      length = 0
    }
    chunk.push(piece)
    length += piece.length + 2
  }
  if (chunk.length > 0) yield chunk
}

/**
 * Characters of one statement. A megabyte is parsed as fast as many small ones, and is sixteenth of the smallest
 * default of max_allowed_packet; a server with less gets less. All of them are ASCII.
 */
export const statementLength = (statementBytes: number): number => Math.min(1_000_000, Math.floor(statementBytes / 2))
