import { Type, type Static } from 'typebox'

const Bytes = Type.Integer({ description: 'Bytes' })

/** `GET /api/v1/system`: how the process that answers is doing. */
export const System = Type.Object(
  {
    version: Type.String(),
    node: Type.String(),
    started_at: Type.String({ format: 'date-time' }),
    uptime_seconds: Type.Integer(),
    memory_bytes: Bytes,
    events: Type.Object({
      engine: Type.String(),
      version: Type.Union([Type.String(), Type.Null()], { description: 'null: does not answer' }),
    }),
    metadata: Type.Object({ kind: Type.String({ description: 'sqlite or mysql' }), users: Type.Integer(), sites: Type.Integer() }),
    cache: Type.Object({ kind: Type.String({ description: 'memory or redis' }), ok: Type.Boolean() }),
    journal: Type.Object({ bytes: Bytes, limit_bytes: Bytes, segments: Type.Integer() }),
    disk: Type.Object({ free_bytes: Bytes, total_bytes: Bytes }, { description: 'Of the file system of DATA_DIR' }),
    set_aside: Type.Array(Type.Object({ file: Type.String(), bytes: Bytes }), {
      description: 'Files in the journal that the store refused or that could not be read back; docs/operations.md',
    }),
    erasing: Type.Array(Type.String(), { description: 'Sites whose erasure is not finished' }),
  },
  { $id: 'System' },
)
export type System = Static<typeof System>
