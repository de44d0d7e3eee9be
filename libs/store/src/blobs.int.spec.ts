import { createHash, randomBytes } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceContext, withContext } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { Blobs, BROKEN_OFF_MS } from './blobs.ts';
import { CityDatabases } from './cities.ts';

const [here, there] = randomCities(2) as [string, string];
let engine: TestEngine;
let databases: CityDatabases;
let blobs: Blobs;
const inCity = <T>(city: string, run: () => Promise<T>) => withContext(serviceContext(city), run);

beforeAll(async () => {
  engine = await startTestEngine();
  databases = new CityDatabases(engine.mongoUri, [here, there]);
  blobs = new Blobs(databases);
  await databases.connect();
});
afterAll(async () => {
  for (const city of [here, there]) await databases.native(city).dropDatabase();
  await databases.close();
  await engine.close();
});

const filesOf = (city: string) => databases.native(city).collection('blobs.files').countDocuments();

describe('Blobs', () => {
  const photo = randomBytes(700_000);
  const hash = createHash('sha256').update(photo).digest('hex');

  it('gives back what was put, under the hash of its content', async () => {
    const stored = await inCity(here, () => blobs.put(photo, 'image/jpeg'));
    expect(stored).toEqual({ hash, contentType: 'image/jpeg', bytes: 700_000 });
    const back = await inCity(here, async () => buffer(await blobs.get(hash)));
    expect(back.equals(photo)).toBe(true);
  });

  it('keeps one copy, whether it comes as a buffer or as a stream', async () => {
    const parts = [photo.subarray(0, 1000), photo.subarray(1000)];
    await inCity(here, () => blobs.put(photo, 'image/jpeg'));
    await inCity(here, () => blobs.put(Readable.from(parts), 'image/jpeg'));
    expect(await filesOf(here)).toBe(1);
  });

  it('keeps one copy of what is put twice at the same moment', async () => {
    const sound = randomBytes(300_000);
    const both = await Promise.all([1, 2].map(() => inCity(here, () => blobs.put(sound, 'audio/ogg'))));
    expect(both[0]).toEqual(both[1]);
    expect(await filesOf(here)).toBe(2);
  });

  it('does not show one city what another has', async () => {
    await expect(inCity(there, () => blobs.get(hash))).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('keeps nothing of a stream that breaks off', async () => {
    async function* broken() {
      yield await Promise.resolve(randomBytes(300_000));
      throw new Error('phone went out of reach');
    }
    const before = await filesOf(here);
    await expect(inCity(here, () => blobs.put(Readable.from(broken()), 'image/jpeg'))).rejects.toThrow('out of reach');
    expect(await filesOf(here)).toBe(before);
    const chunks = databases.native(here).collection('blobs.chunks');
    const owners = await chunks.distinct('files_id');
    expect(owners).toHaveLength(before);
  });

  it('leaves nothing of an upload whose process was killed, and nothing half of one that was only slow', async () => {
    const native = databases.native(here);
    const parts = () => native.collection('blobs.chunks').countDocuments();
    const before = await parts();
    const slow = new PassThrough();
    const storing = inCity(here, () => blobs.put(slow, 'video/mp4'));
    slow.write(randomBytes(600_000));
    await eventually(async () => {
      expect(await parts()).toBeGreaterThan(before);
    });
    expect(await inCity(here, () => blobs.sweep(Date.now()))).toBe(0);
    const other = new Blobs(databases);
    expect(await inCity(here, () => other.sweep(Date.now() + BROKEN_OFF_MS + 60_000))).toBe(1);
    expect(await parts()).toBe(before);
    slow.end(randomBytes(1000));
    await expect(storing).rejects.toMatchObject({ kind: 'unavailable' });
    expect([await parts(), await native.collection('blobs.uploads').countDocuments()]).toEqual([before, 0]);
    expect(await inCity(here, async () => buffer(await blobs.get(hash, { first: 10, last: 19 })))).toEqual(photo.subarray(10, 20)); // prettier-ignore
  });

  it('refuses what is too large', async () => {
    const large = Readable.from(Array.from({ length: 65 }, () => Buffer.alloc(1024 * 1024)));
    await expect(inCity(here, () => blobs.put(large, 'video/mp4'))).rejects.toMatchObject({ kind: 'too-large' });
  }, 60_000);

  it('erases what is asked, wholly and once, also what an erasure that broke off left', async () => {
    const still = randomBytes(300_000);
    const { hash: of } = await inCity(there, () => blobs.put(still, 'image/jpeg'));
    const [file] = await databases.native(there).collection('blobs.files').find().toArray();
    // the erasure before this one died in the middle
    await databases
      .native(there)
      .collection('blobs.files')
      .deleteOne({ _id: file?._id as never });
    await inCity(there, () => blobs.remove(of));
    await inCity(there, () => blobs.remove(of));
    await expect(inCity(there, () => blobs.get(of))).rejects.toMatchObject({ kind: 'not-found' });
    for (const name of ['blobs', 'blobs.files', 'blobs.chunks'])
      expect(await databases.native(there).collection(name).countDocuments()).toBe(0);
    await inCity(there, () => blobs.put(still, 'image/jpeg'));
    expect(await filesOf(there)).toBe(1);
  });
});
