import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '@siaga/testing';
import { open, type RootDatabase } from 'lmdb';
import { createConnection, type Connection } from 'mongoose';
import { Disk } from '../disk.ts';
import { serveDocuments, type Documents } from './documents.ts';

const disk = await Disk.watch({ file: tmpdir(), reserveBytes: 0 });

let folder: string;
let root: RootDatabase;
let server: Documents;
let connection: Connection;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-expiry-'));
  root = open({ path: folder, overlappingSync: false });
  server = await serveDocuments({ root, disk, listen: { host: '127.0.0.1', port: 0 }, sweepEveryMs: 20 });
  connection = await createConnection(server.uri, { dbName: 'siaga_3574' }).asPromise();
});

afterEach(async () => {
  await connection.close();
  await server.close();
  await root.close();
  await rm(folder, { recursive: true });
});

test('documents leave when their date is over, and only those', async () => {
  const leases = connection.collection('leases');
  await leases.createIndex({ seenAt: 1 }, { expireAfterSeconds: 60, partialFilterExpression: { kind: 'lease' } }, {});
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  const old = Array.from({ length: 1_200 }, () => ({ kind: 'lease', seenAt: ago(61) }));
  await leases.insertMany([
    ...old,
    { kind: 'lease', seenAt: [ago(3600), ago(0)], n: 'one of its dates is over' },
    { kind: 'lease', seenAt: ago(30), n: 'fresh' },
    { kind: 'lease', seenAt: 5, n: 'no date' },
    { kind: 'lease', n: 'missing' },
    { kind: 'kept', seenAt: ago(3600), n: 'outside the partial index' },
  ]);
  await eventually(async () => {
    const left = await leases.find().toArray();
    expect(left.map((lease) => String(lease['n'])).toSorted()).toEqual([
      'fresh',
      'missing',
      'no date',
      'outside the partial index',
    ]);
  });
});
