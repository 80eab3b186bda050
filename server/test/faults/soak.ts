import { parseArgs } from 'node:util'
import { bundleServer } from './bundle.ts'
import { killRepeatedly } from './kills.ts'
import { createScene } from './scene.ts'
import { STORES } from './stores.ts'

/**
 * `node server/test/faults/soak.ts --kills 500 --seed 1 [--store embedded] [--every 100] [--processes 2]`: the test of kill.test.ts for as long as one
 * likes. Compares after every so many kills; prints progress on stderr, a summary as JSON on stdout; exit code 1 if anything is wrong.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    store: { type: 'string', default: 'embedded' },
    every: { type: 'string', default: '100' },
    processes: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const kills = Number(values.kills)
const store = STORES.find(({ name }) => name === values.store)
if (!store) throw new Error(`--store must be one of ${STORES.map(({ name }) => name).join(', ')}, not ${values.store}`)

const begin = performance.now()
const bundle = await bundleServer()
const scene = await createScene(store, seed, { processes: Number(values.processes), bundle })
let done = 0
let summary = {}
try {
  while (done < kills) {
    const round = Math.min(Number(values.every), kills - done)
    const clients = scene.clients()
    await killRepeatedly(scene, round, seed + done)
    done += round
    const servers = scene.spawnAll()
    await clients.settle()
    for (const server of servers) await server.end('SIGTERM')
    const { problems, ...figures } = await scene.verdict()
    summary = {
      store: store.name,
      processes: scene.processes,
      seed,
      kills: done,
      seconds: Math.round((performance.now() - begin) / 1000),
      ...figures,
    }
    process.stderr.write(`${JSON.stringify(summary)}\n`)
    if (problems.length > 0) {
      process.stderr.write(`${problems.join('\n')}\nThe data is in ${scene.dataDir}\n`)
      process.exitCode = 1
      break
    }
  }
} finally {
  if (process.exitCode !== 1 && !values.keep) await scene.remove()
  await bundle.remove()
}
process.stdout.write(`${JSON.stringify(summary)}\n`)
