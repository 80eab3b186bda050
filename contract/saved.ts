import { Type, type Static } from 'typebox'
import { Filters } from './query.ts'
import { Segment } from './sites.ts'

/** What people keep beside a site: sets of filters, and notes on days. Funnels: contract/funnels.ts. */

const Name = Type.String({ minLength: 1, maxLength: 255 })

export const SegmentList = Type.Object({ segments: Type.Array(Segment) }, { $id: 'SegmentList' })

export const NewSegment = Type.Object({ name: Name, filters: Filters }, { additionalProperties: false, $id: 'NewSegment' })
export type NewSegment = Static<typeof NewSegment>

export const SegmentPatch = Type.Partial(NewSegment, { additionalProperties: false, minProperties: 1, $id: 'SegmentPatch' })
export type SegmentPatch = Static<typeof SegmentPatch>

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'Day of the site', examples: ['2026-01-31'] })
const Note = Type.String({ minLength: 1, maxLength: 500 })

/** A note on a day of a site, such as a release or a campaign. */
export const Annotation = Type.Object({ id: Type.Integer(), date: Day, text: Note }, { $id: 'Annotation' })
export type Annotation = Static<typeof Annotation>

export const AnnotationsAsked = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) })
export const AnnotationList = Type.Object({ annotations: Type.Array(Annotation) }, { $id: 'AnnotationList' })

export const NewAnnotation = Type.Object({ date: Day, text: Note }, { additionalProperties: false, $id: 'NewAnnotation' })
export type NewAnnotation = Static<typeof NewAnnotation>

export const AnnotationPatch = Type.Partial(NewAnnotation, { additionalProperties: false, minProperties: 1, $id: 'AnnotationPatch' })
export type AnnotationPatch = Static<typeof AnnotationPatch>
