import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { open, type RootDatabase } from 'lmdb';
import { createConnection, mongo } from 'mongoose';
import { encode } from '../bson/encode.ts';
import { doc, Int32, type Value } from '../bson/values.ts';
import { Disk } from '../../disk.ts';
import { serveDocuments, type Documents } from '../documents.ts';

const disk = await Disk.watch({ file: tmpdir(), reserveBytes: 0 });

let folder: string;
let socketPath: string;
let root: RootDatabase;
let server: Documents;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-wire-'));
  socketPath = path.join(folder, 'documents.sock');
  root = open({ path: folder, overlappingSync: false });
  server = await serveDocuments({ root, disk, listen: { path: socketPath } });
});

afterAll(async () => {
  await server.close();
  await root.close();
  await rm(folder, { recursive: true });
});

const dialled = async (): Promise<Socket> => {
  const socket = connect(socketPath);
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket;
};

/** A message of the wire protocol around any content. */
function message(content: Buffer, { code = 2013, length = content.length + 16 } = {}): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(code, 12);
  return Buffer.concat([header, content]);
}

const command = (...fields: [string, Value][]): Buffer =>
  message(Buffer.concat([Buffer.alloc(5), encode(doc(...fields, ['$db', 'admin']))]));

const ping = command(['ping', new Int32(1)]);

/** Whether the server answers a well-formed command on this connection. */
async function answers(socket: Socket): Promise<boolean> {
  const outcome = Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
  socket.write(ping);
  return outcome;
}

test.each<[string, Buffer]>([
  ['a length below a header', message(Buffer.alloc(0), { length: 3 })],
  ['a negative length', message(Buffer.alloc(0), { length: -1 })],
  ['a length past 48 MB', message(Buffer.alloc(0), { length: 48_000_001 })],
  ['an unknown operation', message(Buffer.alloc(8), { code: 2001 })],
  [
    'a required flag nobody knows',
    message(Buffer.concat([Buffer.of(0x80, 0, 0, 0, 0), encode(doc(['ping', 1], ['$db', 'x']))])),
  ],
  ['no body', message(Buffer.alloc(4))],
  ['a body without a database', message(Buffer.concat([Buffer.alloc(5), encode(doc(['ping', 1]))]))],
  ['a document longer than its message', message(Buffer.concat([Buffer.alloc(5), Buffer.of(255, 255, 0, 0, 0)]))],
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')],
])('%s closes that connection and no other', async (_, bytes) => {
  const [bad, good] = [await dialled(), await dialled()];
  const closed = once(bad, 'close');
  bad.write(bytes);
  await closed;
  expect(await answers(good)).toBe(true);
  good.destroy();
});

test('bytes changed at random never bring the server down', async () => {
  const good = [
    ping,
    command(['find', 'c'], ['filter', doc(['a', 1])]),
    command(['insert', 'c'], ['documents', [doc(['a', 'text'])]]),
  ];
  const corrupted = fc
    .tuple(
      fc.constantFrom(...good),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
    )
    .map(([original, changes]) => {
      const bytes = Buffer.from(original);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return bytes;
    });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        corrupted,
        fc.uint8Array({ maxLength: 200 }).map((random) => Buffer.from(random)),
      ),
      async (bytes) => {
        const socket = await dialled();
        const ended = once(socket, 'close');
        socket.resume().end(bytes);
        await ended;
      },
    ),
    { numRuns: 500 },
  );
  const witness = await dialled();
  expect(await answers(witness)).toBe(true);
  witness.destroy();
});

test('a message in single bytes and many in one chunk are the same', async () => {
  const socket = await dialled();
  for (const byte of ping) socket.write(Buffer.of(byte));
  await once(socket, 'data');
  socket.write(Buffer.concat([ping, ping, ping]));
  let received = 0;
  const single = 16 + 5 + encode(doc(['ok', 1])).length;
  while (received < 3 * single) received += ((await once(socket, 'data')) as [Buffer])[0].length;
  expect(received).toBe(3 * single);
  socket.destroy();
});

test('a client that does not take its answers is waited for, not buffered for', async () => {
  const connection = await createConnection(server.uri, { dbName: 'siaga_3574' }).asPromise();
  await connection.collection('big').insertOne({ pad: 'x'.repeat(8_000_000) });
  const before = process.memoryUsage().rss;
  const lazy = await dialled();
  const find = message(Buffer.concat([Buffer.alloc(5), encode(doc(['find', 'big'], ['$db', 'siaga_3574']))]));
  lazy.pause().write(Buffer.concat(Array.from({ length: 50 }, () => find)));
  for (let n = 0; n < 200; n++) await connection.db?.command({ ping: 1 });
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  lazy.destroy();
  await connection.close();
});

test.each<[string, object, number]>([
  ['an unknown command', { mapReduce: 'c' }, 59],
  ['an unknown option', { find: 'c', bogus: 1 }, 40415],
  ['a collation', { find: 'c', collation: { locale: 'id' } }, 238],
  ['a transaction', { find: 'c', txnNumber: mongo.Long.fromNumber(1) }, 20],
  ['a capped collection', { create: 'c', capped: true, size: 10 }, 238],
  ['a validator', { create: 'c', validator: { a: 1 } }, 238],
  ['a text index', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 67],
  ['a wildcard index', { createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 'a' }] }, 67],
  ['a change stream', { aggregate: 'c', pipeline: [{ $changeStream: {} }], cursor: {} }, 40324],
  ['a look-up', { aggregate: 'c', pipeline: [{ $lookup: {} }], cursor: {} }, 40324],
  ['a $where', { find: 'c', filter: { $where: 'true' } }, 2],
  ['a negative limit', { find: 'c', limit: -1 }, 2],
  ['a pipeline as an update', { update: 'c', updates: [{ q: {}, u: [{ $set: { a: 1 } }] }] }, 238],
  ['a key too long for an index', { insert: 'keys', documents: [{ _id: 'x'.repeat(3000) }] }, 17280],
  ['an array as _id', { insert: 'keys', documents: [{ _id: [1] }] }, 53],
  ['a bad collection name', { create: 'a$b' }, 73],
])('%s is refused with MongoDB’s code', async (_, asked, code) => {
  const connection = await createConnection(server.uri, { dbName: 'siaga_3574' }).asPromise();
  const reply = await connection.db?.command(asked).then(
    (answer: { writeErrors?: { code: number }[] }) => answer.writeErrors?.[0]?.code,
    (error: unknown) => (error instanceof mongo.MongoServerError ? error.code : error),
  );
  expect(reply).toBe(code);
  await connection.close();
});
