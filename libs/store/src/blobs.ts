import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '@siaga/contracts';
import { createLogger, currentContext } from '@siaga/service';
import mongoose from 'mongoose';
import type { CityDatabases } from './cities.ts';
import { asFaults, translated } from './mongo-faults.ts';

const log = createLogger('blobs');
const { GridFSBucket, MongoRuntimeError, MongoServerError, ObjectId } = mongoose.mongo;

/** What is known of a stored blob. */
export interface BlobInfo {
  /** SHA-256 of the content, lower-case hex. */
  hash: string;
  contentType: string;
  bytes: number;
}

/** A stretch of a blob, both ends in it, from 0. */
export interface BlobRange {
  readonly first: number;
  readonly last: number;
}

/** That something is being stored: who finds it long after finds what a process left that was killed. */
interface UploadDocument {
  /** Of its file. */
  _id: InstanceType<typeof ObjectId>;
  atMs: number;
  /** It was given up: its parts are taken away. */
  isGivenUp: boolean;
}

interface BlobDocument {
  /** The hash. */
  _id: string;
  fileId: InstanceType<typeof ObjectId>;
  contentType: string;
  bytes: number;
  createdAtMs: number;
}

/** Largest blob, bytes, unless its keeper says otherwise: an hour of voice, a long photo series; not a video archive. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What is stored takes minutes: what took longer than a day broke off. */
export const BROKEN_OFF_MS = 24 * 3_600_000;
/** Broken off and taken away at a time; the rest is the next look's. */
const MOST_SWEPT = 100;

/** Stills, photos and recordings of the context's city, in GridFS, each content once under its hash. */
export class Blobs {
  readonly #databases: CityDatabases;

  constructor(databases: CityDatabases) {
    this.#databases = databases;
  }

  /**
   * Stores content and answers its hash when it is durable. Content that is there already is not stored again. Throws
   * `too-large` beyond `mostBytes`.
   */
  async put(content: Readable | Buffer, contentType: string, mostBytes = MAX_BYTES): Promise<BlobInfo> {
    const { files, uploads, bucket } = this.#city();
    if (Buffer.isBuffer(content)) {
      const known = await asFaults(files.findOne({ _id: createHash('sha256').update(content).digest('hex') }));
      if (known !== null) return infoOf(known);
    }
    const fileId = new ObjectId();
    await asFaults(uploads.insertOne({ _id: fileId, atMs: Date.now(), isGivenUp: false }));
    const measured = measure(mostBytes);
    const upload = bucket.openUploadStreamWithId(fileId, 'blob');
    try {
      await pipeline(Buffer.isBuffer(content) ? Readable.from([content]) : content, measured.stream, upload);
    } catch (error) {
      await this.#forget(fileId);
      throw translated(error);
    }
    // one that took so long that it was given up has no parts any more
    const { matchedCount } = await asFaults(uploads.updateOne({ _id: fileId, isGivenUp: false }, { $set: { atMs: Date.now() } })); // prettier-ignore
    if (matchedCount === 0) {
      await this.#forget(fileId);
      throw new Fault('unavailable', 'terlalu lama disimpan, coba lagi · it took too long to store, try again');
    }
    const { hash, bytes } = measured.result();
    const document = { _id: hash, fileId, contentType, bytes, createdAtMs: Date.now() };
    try {
      await files.insertOne(document);
      await uploads.deleteOne({ _id: fileId });
      return infoOf(document);
    } catch (error) {
      if (!(error instanceof MongoServerError && error.code === 11_000)) throw error;
      await this.#forget(fileId);
      return this.info(hash);
    }
  }

  /** What is stored under a hash; `not-found` otherwise. */
  async info(hash: string): Promise<BlobInfo> {
    return infoOf(await this.#find(hash));
  }

  /** The content under a hash; `not-found` otherwise. */
  async get(hash: string, range?: BlobRange): Promise<Readable> {
    const { fileId } = await this.#find(hash);
    const part = range === undefined ? {} : { start: range.first, end: range.last + 1 };
    return this.#city().bucket.openDownloadStream(fileId, part);
  }

  /**
   * Takes away what uploads left whose process was killed; answers how many. Any process may, at any time: an upload that
   * is given up while it goes on fails.
   */
  async sweep(nowMs: number): Promise<number> {
    const { files, uploads } = this.#city();
    const long = { atMs: { $lt: nowMs - BROKEN_OFF_MS } };
    const found = await asFaults(uploads.find(long).limit(MOST_SWEPT).toArray());
    for (const { _id } of found) {
      const { matchedCount } = await uploads.updateOne({ _id, ...long }, { $set: { isGivenUp: true } });
      if (matchedCount === 0) continue;
      // it was killed between its last two steps
      if ((await files.findOne({ fileId: _id })) === null) await this.#forget(_id);
      else await uploads.deleteOne({ _id });
    }
    return found.length;
  }

  /**
   * Erases what is stored under a hash, if it is there; a repeat finishes what broke off. For who alone holds it: what several
   * hold is stored once.
   */
  async remove(hash: string): Promise<void> {
    const { files, bucket } = this.#city();
    const found = await asFaults(files.findOne({ _id: hash }));
    if (found === null) return;
    try {
      await bucket.delete(found.fileId);
    } catch (error) {
      // its content is gone already
      if (!(error instanceof MongoRuntimeError)) throw translated(error);
    }
    await asFaults(files.deleteOne({ _id: hash }));
  }

  async #find(hash: string): Promise<BlobDocument> {
    const found = await asFaults(this.#city().files.findOne({ _id: hash }));
    if (found === null) throw new Fault('not-found', `blob ${hash} tidak ada`);
    return found;
  }

  /** Takes away the parts of an upload that broke off; what cannot be reached now is the next sweep's. */
  async #forget(fileId: InstanceType<typeof ObjectId>): Promise<void> {
    const database = this.#databases.native(currentContext().city);
    try {
      await database.collection('blobs.files').deleteOne({ _id: fileId });
      await database.collection('blobs.chunks').deleteMany({ files_id: fileId });
      await this.#city().uploads.deleteOne({ _id: fileId });
    } catch (error) {
      log.warn({ err: error }, 'what an upload left is taken away by the next sweep');
    }
  }

  #city() {
    const database = this.#databases.native(currentContext().city);
    return {
      files: database.collection<BlobDocument>('blobs'),
      uploads: database.collection<UploadDocument>('blobs.uploads'),
      bucket: new GridFSBucket(database, { bucketName: 'blobs' }),
    };
  }
}

/** Passes content through, hashing and counting; ends with `too-large` beyond the limit. */
function measure(mostBytes: number) {
  const digest = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      digest.update(chunk);
      if (bytes > mostBytes) done(new Fault('too-large', `a blob has at most ${String(mostBytes)} bytes`));
      else done(null, chunk);
    },
  });
  return { stream, result: () => ({ hash: digest.digest('hex'), bytes }) };
}

function infoOf({ _id, contentType, bytes }: BlobDocument): BlobInfo {
  return { hash: _id, contentType, bytes };
}
