import type { Footfall } from '../events.ts'
import type { Filter } from '../extra.ts'

/**
 * `footfall.identify(id, traits)`: from then on every event of the page says whose it is. Nothing is kept on the device, so that a page
 * says it each time it is loaded; null is nobody. Calls that were made before the script had loaded (`footfall('identify', id, traits)`)
 * count from the first page view on.
 */
export default (): Filter => {
  let who = {}
  const identify = (_name: string, uid: unknown, traits: unknown) => {
    who = { uid, traits }
  }
  self.footfall?.q?.forEach((call: unknown[]) => call[0] == 'identify' && identify(...(call as [string, unknown, unknown])))
  // Once the script is through: only then the page has its function. Before anything else that the page does.
  void Promise.resolve().then(
    () => ((self.footfall as Footfall & { identify: unknown }).identify = (uid: unknown, traits: unknown) => identify('', uid, traits)),
  )
  return (event) => event.n != 'identify' && Object.assign(event, who)
}
