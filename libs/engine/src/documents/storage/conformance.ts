import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Cases } from '../conformance-case.ts';

const { GridFSBucket } = mongo;

/** Collections, indexes, databases and files. */
export function storageCases({ connection, holds, fresh, code }: Cases): void {
  describe('collections and indexes', () => {
    holds(
      'are listed with what they were made with',
      async () => {
        const collection = await fresh();
        await collection.createIndex({ a: 1, b: -1 }, { name: 'pair', unique: true }, {});
        await collection.createIndex({ seenAt: 1 }, { expireAfterSeconds: 60 }, {});
        await collection.createIndex({ key: 1 }, { sparse: true }, {});
        expect(await collection.indexes()).toEqual([
          expect.objectContaining({ name: '_id_', key: { _id: 1 } }),
          expect.objectContaining({ name: 'pair', key: { a: 1, b: -1 }, unique: true }),
          expect.objectContaining({ name: 'seenAt_1', expireAfterSeconds: 60 }),
          expect.objectContaining({ name: 'key_1', sparse: true }),
        ]);
        expect((await connection().db?.listCollections({ name: collection.collectionName }).toArray())?.length).toBe(1);
        await collection.dropIndex('pair');
        await code(collection.dropIndex('pair')).toMatchObject({ code: 27 });
        await collection.drop();
        expect(await connection().db?.listCollections({ name: collection.collectionName }).toArray()).toEqual([]);
      },
      { referenceDiffers: 'does not filter listCollections' },
    );

    holds(
      'refuse a unique index over duplicates, and another index under a taken name',
      async () => {
        const collection = await fresh({ a: 1 }, { a: 1 });
        await code(collection.createIndex({ a: 1 }, { unique: true }, {})).toMatchObject({ code: 11000 });
        await collection.createIndex({ a: 1 }, { name: 'mine' }, {});
        await code(collection.createIndex({ b: 1 }, { name: 'mine' }, {})).toMatchObject({ code: 86 });
        await code(collection.createIndex({ a: 1 }, { name: 'mine', unique: true }, {})).toMatchObject({ code: 86 });
      },
      { referenceDiffers: 'lets an index take another one’s name' },
    );

    holds(
      'bind only some documents when partial',
      async () => {
        const collection = await fresh();
        await collection.createIndex({ unit: 1 }, { unique: true, partialFilterExpression: { open: true } }, {});
        await collection.insertMany([
          { unit: 'A', open: false },
          { unit: 'A', open: false },
          { unit: 'A', open: true },
        ]);
        await code(collection.insertOne({ unit: 'A', open: true })).toMatchObject({ code: 11000 });
        await code(collection.updateMany({}, { $set: { open: true } })).toMatchObject({ code: 11000 });
        expect(await collection.countDocuments({ unit: 'A' })).toBe(3);
        expect(await collection.countDocuments({ unit: 'A', open: true })).toBe(1);
      },
      { referenceDiffers: 'ignores the filter' },
    );

    holds('bind several fields and the elements of arrays', async () => {
      const collection = await fresh();
      await collection.createIndex({ opd: 1, code: 1 }, { unique: true }, {});
      await collection.createIndex({ tags: 1 }, { unique: true, sparse: true }, {});
      await collection.insertMany([
        { opd: 'dlh', code: 1, tags: ['a', 'b', 'a'] },
        { opd: 'dlh', code: 2 },
        { opd: 'dishub', code: 1 },
      ]);
      await code(collection.insertOne({ opd: 'dlh', code: 1 })).toMatchObject({ code: 11000 });
      await code(collection.insertOne({ opd: 'satpol', code: 1, tags: ['b'] })).toMatchObject({ code: 11000 });
      await collection.updateOne({ code: 2 }, { $set: { tags: ['c'] } });
      await collection.updateOne({ tags: 'a' }, { $set: { tags: [] } });
      await collection.insertOne({ opd: 'satpol', code: 1, tags: ['b'] });
      expect(await collection.countDocuments({ tags: 'b' })).toBe(1);
    });
  });

  holds('databases of two cities do not see one another', async () => {
    const other = connection().useDb(`${connection().name}_other`);
    await other.collection('trucks').insertOne({ plate: 'N 8123 AB' });
    expect(await connection().collection('trucks').countDocuments()).toBe(0);
    const names = (await connection().getClient().db().admin().listDatabases()).databases.map(({ name }) => name);
    expect(names).toContain(other.name);
    await other.dropDatabase();
  });

  holds('files of several chunks go into GridFS and come out the same', async () => {
    const bucket = new GridFSBucket(connection().getClient().db(connection().name), { chunkSizeBytes: 64 * 1024 });
    const content = randomBytes(300_000);
    const upload = bucket.openUploadStream('still.jpg', { metadata: { contentType: 'image/jpeg' } });
    const stored = new Promise((resolve, reject) => upload.once('finish', resolve).once('error', reject));
    Readable.from([content]).pipe(upload);
    await stored;
    const chunks = await bucket.openDownloadStream(upload.id).toArray();
    expect(Buffer.concat(chunks as Buffer[]).equals(content)).toBe(true);
    expect(await bucket.find({ filename: 'still.jpg' }).toArray()).toMatchObject([
      { length: 300_000, metadata: { contentType: 'image/jpeg' } },
    ]);
    await bucket.delete(upload.id);
    expect(await bucket.find({}).toArray()).toEqual([]);
  });
}
