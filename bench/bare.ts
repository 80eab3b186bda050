import Fastify from 'fastify'

/** The yardstick: a route that parses the same JSON and answers 202, and nothing else. Prints its port. */
const app = Fastify()
app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, JSON.parse(body as string)))
app.post('/api/event', (_request, reply) => reply.status(202).type('text/plain').send('ok'))
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${new URL(address).port}\n`)
