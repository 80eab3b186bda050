/**
 * The page at /demo: shows three pages without loading, sends custom events through the tracker, and lists what the
 * tracker sends. Loaded before the tracker, so that its requests can be watched.
 */
const { base, endpoint, site } = document.body.dataset
const PAGES = { journal: '/demo', shop: '/demo/shop', join: '/demo/join' }
const MAX_LISTED = 40

/** Calls made before the tracker has loaded wait in its queue. */
const footfall = (...call) => {
  window.footfall ??= (...early) => (window.footfall.q = window.footfall.q || []).push(early)
  window.footfall(...call)
}

// ---- Pages

function pageOfAddress() {
  const path = location.pathname.slice(base.length)
  return Object.keys(PAGES).find((name) => PAGES[name] === path) ?? 'journal'
}

function show(name) {
  for (const page of document.querySelectorAll('.page')) page.hidden = page.id !== name
  document.title = `${document.querySelector(`#${name} h1`).textContent} · Footfall demo`
  for (const link of document.querySelectorAll('nav [data-page]')) {
    if (link.dataset.page === name) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-page]')
  // Let the browser open new tabs and windows as it always does.
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  // `?site=` stays: it says for whom this page counts.
  history.pushState(null, '', base + PAGES[link.dataset.page] + location.search)
  show(link.dataset.page)
  scrollTo(0, 0)
  document.getElementById('content').focus({ preventScroll: true })
})
addEventListener('popstate', () => show(pageOfAddress()))
show(pageOfAddress())

// ---- Custom events

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-event]')
  if (!button) return
  const { amount, props } = button.dataset
  footfall(button.dataset.event, { props: JSON.parse(props), revenue: { amount, currency: 'EUR' } })
})
document.getElementById('signup').addEventListener('submit', (event) => {
  event.preventDefault()
  footfall('Signup', { props: { plan: new FormData(event.target).get('plan') } })
})

// ---- What was sent

const seconds = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** What one event says, in words. */
function words({ u, p, $: revenue, e, sd }) {
  const said = [new URL(u).pathname.slice(base.length) + new URL(u).hash]
  if (e !== undefined) said.push(`${seconds.format(e / 1000)} s in view`)
  if (sd !== undefined) said.push(`scrolled to ${sd} %`)
  for (const [name, value] of Object.entries(p ?? {})) said.push(`${name}: ${value}`)
  if (revenue) said.push(`${revenue.amount} ${revenue.currency}`)
  return said.join(' · ')
}

function element(name, text, className) {
  const made = document.createElement(name)
  made.textContent = text
  if (className) made.className = className
  return made
}

/** Adds an event to the list; answers a function that tells what became of it. */
function list(event) {
  const row = document.createElement('li')
  const state = element('span', 'sending', 'state')
  const head = document.createElement('p')
  head.append(element('strong', event.n), state)
  row.append(head, element('p', words(event), 'words'))
  const raw = document.createElement('details')
  raw.append(element('summary', 'Request'), element('pre', JSON.stringify(event, null, 2)))
  row.append(raw)
  const rows = document.getElementById('sent')
  rows.prepend(row)
  while (rows.children.length > MAX_LISTED) rows.lastElementChild.remove()
  document.getElementById('nothing').hidden = true
  return (text, kind) => {
    state.textContent = text
    row.dataset.kind = kind
  }
}

function advise(text) {
  const advice = document.getElementById('advice')
  advice.textContent = text
  advice.hidden = false
}

function answered(response, tell) {
  const reason = response.headers.get('x-footfall-dropped')
  if (response.status >= 500 || response.status === 429) return tell(`${response.status}, will be sent again`, 'failed')
  if (!response.ok) return tell(`${response.status}, refused`, 'failed')
  if (reason === null) return tell(`${response.status}, counted`, 'counted')
  tell(`${response.status}, not counted: ${reason}`, 'dropped')
  if (reason === 'not_found') advise(`There is no site ${site} yet. Create it with: footfall site add ${site}`)
  if (reason === 'bot') advise('Your browser says that it is run by a program, and programs are not counted.')
}

const fetchAsBefore = window.fetch
window.fetch = async (address, options) => {
  const watched = options?.method === 'POST' && new URL(address, location.href).pathname === endpoint
  const tell = watched ? list(JSON.parse(options.body)) : undefined
  try {
    const response = await fetchAsBefore(address, options)
    if (tell) answered(response, tell)
    return response
  } catch (error) {
    tell?.('no answer; will be sent again', 'failed')
    throw error
  }
}

document.getElementById('nothing').textContent = 'Nothing yet.'
addEventListener('load', () => {
  if (!window.footfall?.l)
    advise('The tracker did not load. A content blocker may be at work: TRACKER_NAME and EVENT_PATH rename what it looks for.')
  else if (navigator.webdriver) advise('This browser is run by a program (navigator.webdriver), so the tracker sends nothing.')
})
