import { setTimeout as pause } from 'node:timers/promises'
import { createRandom } from './random.ts'
import type { Scene } from './scene.ts'

/** Where a kill may fall, how often, and up to how many milliseconds after what. */
const PHASES = [
  { phase: 'start', weight: 25, after: 'spawn', most: 700 },
  { phase: 'replay', weight: 25, after: 'ready', most: 60 },
  { phase: 'load', weight: 50, after: 'ready', most: 350 },
] as const

/**
 * What the server is while it is killed. Pages and questions store nothing, and a start without their routes takes two thirds of the processor time:
 * every fifth has them, as most installations do.
 */
const ROLES = [...Array<string>(4).fill('collect,write,jobs'), 'collect,write,query,web,jobs']

/**
 * Kills every server again and again on its own directory, at random moments of its start, while it stores what the one before
 * left, and under load with short and long batches. Several at once, in all so many kills.
 */
export async function killRepeatedly(scene: Scene, kills: number, seed: number): Promise<void> {
  const share = Math.ceil(kills / scene.processes)
  await Promise.all(Array.from({ length: scene.processes }, (_, process) => killOne(scene, process, share, seed + process * 7919)))
}

async function killOne(scene: Scene, process: number, kills: number, seed: number): Promise<void> {
  const random = createRandom(seed)
  const bag = PHASES.flatMap((phase) => Array.from({ length: phase.weight }, () => phase))
  for (let done = 0; done < kills; done += 1) {
    const { after, most } = random.pick(bag)
    const server = scene.spawn({ FLUSH_MS: String(random.pick([10, 10, 100, 500])), ROLES: random.pick(ROLES) }, process)
    if (after === 'ready') await server.ready()
    await pause(random.next() * most)
    const code = await server.end('SIGKILL')
    if (code !== null) throw new Error(`the server ended by itself with ${code}: ${server.said()}`)
  }
}
