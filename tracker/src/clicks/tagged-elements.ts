import type { Click } from '../extra.ts'

/**
 * An element that the page has tagged, in one of three dialects: `data-event="Name" data-event-KEY="value"` of ours,
 * `data-umami-event…` of Umami, and the classes `plausible-event-name=Name plausible-event-KEY=value` of Plausible (`--` for `=`, and
 * `+` for a blank). An element with both `revenue` and `currency` earns money, and these are no properties then; Plausible's classes for it
 * are `plausible-revenue-amount=9.90 plausible-revenue-currency=EUR`.
 */
export default ((event, link) => {
  const element = (event.target as Element).closest('[data-event],[data-umami-event],[class*=plausible-event-name]')
  // A form is counted when it is sent, not at each click into one of its fields.
  // Nothing but a form has an `enctype`, and each has one.
  if (!element || !(element as HTMLFormElement).enctype === (link === false)) return
  const props: Record<string, string> = link ? { url: link.href } : {}
  let name: string | undefined
  const add = (key: string, value: string) => {
    if (key) props[key] = value
    else name = value
  }
  for (const attribute of element.attributes)
    attribute.name.replace(/^data-(?:umami-)?event-?(.*)/, (_, key) => add(key, attribute.value) as never)
  element.classList.value.replace(
    /plausible-(?:event-name|\w+-(\S+?))(?:=|--)(\S+)/g,
    (_, key, value) => add(key, value.replace(/\+/g, ' ')) as never,
  )
  const { currency, revenue, amount = revenue, ...rest } = props
  return name && [name, currency && amount ? { props: rest, revenue: { currency, amount } } : { props }]
}) satisfies Click
