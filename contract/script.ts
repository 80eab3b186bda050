import { Type, type Static } from 'typebox'

const Bytes = Type.Integer({ minimum: 0, description: 'Bytes' })

/** `POST /api/v1/sites/DOMAIN/script`, with options of the tracker as the body: what a script with these would weigh. Nothing is changed. */
export const ScriptSize = Type.Object(
  {
    bytes: Bytes,
    gzip_bytes: Bytes,
    brotli_bytes: Type.Integer({ minimum: 0, description: 'Bytes that nearly every browser loads' }),
  },
  { $id: 'ScriptSize' },
)
export type ScriptSize = Static<typeof ScriptSize>
