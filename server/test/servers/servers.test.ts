import assert from 'node:assert/strict'
import { test } from 'node:test'
import mysql from 'mysql2/promise'
import { freshMysqlDatabase, startMariaDb, startPrivateMariaDb } from './mysql.ts'

test('a private MariaDB keeps what it committed when it is killed', async (t) => {
  const server = await startPrivateMariaDb()
  t.after(() => server.stop())
  const database = await freshMysqlDatabase(server.url)
  const ask = async (sql: string) => {
    const connection = await mysql.createConnection(database.url)
    const [rows] = await connection.query(sql)
    await connection.end()
    return rows
  }
  await ask('create table kept (a integer)')
  await ask('insert into kept values (7)')
  await server.kill('SIGKILL')
  await assert.rejects(ask('select a from kept'), /ECONNREFUSED/)
  await server.restart()
  assert.deepEqual(await ask('select a from kept'), [{ a: 7 }])
})

test('databases of two tests do not see each other, and tell capitals apart', async (t) => {
  const server = await startMariaDb()
  const [one, two] = await Promise.all([freshMysqlDatabase(server.url), freshMysqlDatabase(server.url)])
  const connection = await mysql.createConnection(one.url)
  const other = await mysql.createConnection(two.url)
  t.after(async () => {
    await Promise.all([connection.end(), other.end()])
    await Promise.all([one.stop(), two.stop()])
    await server.stop()
  })
  await connection.query('create table names (name varchar(20) primary key)')
  await connection.query("insert into names values ('A'), ('a')")
  await assert.rejects(other.query('select * from names'), /doesn't exist/)
})
