import type { Click } from '../extra.ts'

/**
 * An element that the page has tagged, in one of three dialects: `data-event="Name" data-event-KEY="value"` of ours,
 * `data-umami-event…` of Umami, and the classes `plausible-event-name=Name plausible-event-KEY=value` of Plausible (`--` for `=`, and
 * `+` for a blank).
 */
export default ((event, link) => {
  const element = (event.target as Element).closest('[data-event],[data-umami-event],[class*=plausible-event-name]')
  // A form is counted when it is sent, not at each click into one of its fields.
  if (!element || (element.tagName === 'FORM') !== (event.type === 'submit')) return
  const props: Record<string, string> = link ? { url: link.href } : {}
  let name: string | undefined
  const add = (key: string, value: string) => {
    if (key) props[key] = value
    else name = value
  }
  for (const attribute of element.attributes)
    attribute.name.replace(/^data-(?:umami-)?event-?(.*)/, (_, key) => add(key, attribute.value) as never)
  element.classList.value.replace(
    /plausible-event-(?:name|(\S+?))(?:=|--)(\S+)/g,
    (_, key, value) => add(key, value.replace(/\+/g, ' ')) as never,
  )
  return name && [name, { props }]
}) satisfies Click
