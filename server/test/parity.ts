import { parseArgs } from 'node:util'
import { fill, fromSums, play } from './parity/play.ts'
import { STORES, openStores } from './stores.ts'

const USAGE = `node server/test/parity.ts [--questions N] [--seed N] [--path PATH] [--store NAME]…

Asks random questions of the embedded ClickHouse and of every --store (default: mysql), and compares the answers.
Stores: ${Object.keys(STORES).join(', ')}. TEST_MYSQL_URL names another MySQL server. --seed and --path, as a failure prints them, ask again.
`
const EVERY = 100

/**
 * The questions of parity.test.ts, as many as one likes. Progress on stderr, one JSON object on stdout.
 *
 * @returns exit code: 1 where two answers differ; then the question is printed, made as small as possible, with the command that asks it again
 */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      questions: { type: 'string', default: '1000' },
      seed: { type: 'string' },
      path: { type: 'string' },
      store: { type: 'string', multiple: true, default: ['mysql'] },
      help: { type: 'boolean', default: false },
    },
  })
  const questions = Number(values.questions)
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
  const names = ['clickhouse', ...values.store.filter((name) => name !== 'clickhouse')]
  const wrong = !Number.isInteger(questions) || questions < 1 || !Number.isInteger(seed) || names.some((name) => !(name in STORES))
  if (values.help || wrong || names.length < 2) {
    process.stderr.write(USAGE)
    return values.help ? 0 : 2
  }
  const stores = await openStores(names)
  try {
    const engines = stores.map(({ engine }) => engine)
    process.stderr.write(`${names.join(' and ')}: ${questions} questions, seed ${seed}\n`)
    await fill(engines)
    const began = performance.now()
    let asked = 0
    const onQuestion = () => {
      asked += 1
      if (asked % EVERY === 0) process.stderr.write(`${asked} of ${questions}, ${Math.round((performance.now() - began) / 1000)} s\n`)
    }
    const { path } = values
    const played = await play(engines, { questions, seed, onQuestion, ...(path !== undefined && { path }) })
    const { details } = played
    const given = `--questions ${questions} ${names
      .slice(1)
      .map((name) => `--store ${name} `)
      .join('')}`
    const again = details.failed && `node server/test/parity.ts ${given}--seed ${seed} --path ${details.counterexamplePath}`
    const found = details.failed ? { question: details.counterexample?.[0], difference: String(details.errorInstance), again } : {}
    const sums = fromSums(played)
    const seconds = Math.round((performance.now() - began) / 1000)
    const { numRuns, failed } = details
    const report = { stores: names, seed, questions: numRuns, answered: played.answered, sums, seconds, failed, ...found }
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    return details.failed ? 1 : 0
  } finally {
    await Promise.all(stores.map((store) => store.close()))
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
