/** An error as the schema compiler reports it. */
interface SchemaError {
  keyword: string
  instancePath: string
  params: object
  message: string
}

/** Words for what is wrong with a line: one sentence a field, with the field's name first. */
export function lineErrors(found: SchemaError[]): string[] {
  const said = new Map<string, string>()
  const say = (field: string, words: string) => {
    if (!said.has(field)) said.set(field, field === '' ? words : `${field} ${words}`)
  }
  const missing = found.find((error) => error.keyword === 'required' && error.instancePath === '')
  for (const field of list(missing?.params, 'requiredProperties')) say(field, 'is required')
  const surplus = found.find((error) => error.keyword === 'additionalProperties' && error.instancePath === '')
  for (const field of list(surplus?.params, 'additionalProperties')) say(field, 'is not a field of an event')
  for (const { keyword, instancePath, message } of found) {
    const field = instancePath.split('/')[1] ?? ''
    if (field === '' && keyword !== 'type') continue
    say(field, WORDS[field] ?? message)
  }
  return [...said.values()]
}

const TEXTS = [
  'hostname',
  'title',
  'referrer',
  'source',
  'channel',
  'country',
  'region',
  'browser',
  'browser_version',
  'os',
  'os_version',
  'device',
  'screen',
  'language',
]

/** Where a field may have one of several types, the compiler names each that does not fit; one sentence says it better. */
const WORDS: Record<string, string> = {
  ...Object.fromEntries(TEXTS.map((field) => [field, 'must be text'])),
  '': 'an event must be a JSON object',
  city: 'must be the GeoNames id of a city, a whole number',
  props: 'must be an object',
  revenue: 'must have an amount like "10.00" and a currency of ISO 4217',
  visitor: 'must be text of 1 to 256 characters',
  id: 'must be text of 1 to 64 characters',
  name: 'must be text of 1 to 120 characters',
}

function list(params: object | undefined, key: string): string[] {
  return params ? (((params as Record<string, unknown>)[key] as string[] | undefined) ?? []) : []
}
