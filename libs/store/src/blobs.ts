import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import mongoose from 'mongoose';
import type { CityDatabases } from './cities.ts';
import { asFaults, translated } from './mongo-faults.ts';

const { GridFSBucket, MongoRuntimeError, MongoServerError, ObjectId } = mongoose.mongo;

/** What is known of a stored blob. */
export interface BlobInfo {
  /** SHA-256 of the content, lower-case hex. */
  hash: string;
  contentType: string;
  bytes: number;
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
    const { files, bucket } = this.#city();
    if (Buffer.isBuffer(content)) {
      const known = await asFaults(files.findOne({ _id: createHash('sha256').update(content).digest('hex') }));
      if (known !== null) return infoOf(known);
    }
    const fileId = new ObjectId();
    const measured = measure(mostBytes);
    const upload = bucket.openUploadStreamWithId(fileId, 'blob');
    try {
      await pipeline(Buffer.isBuffer(content) ? Readable.from([content]) : content, measured.stream, upload);
    } catch (error) {
      await this.#forget(fileId);
      throw translated(error);
    }
    const { hash, bytes } = measured.result();
    const document = { _id: hash, fileId, contentType, bytes, createdAtMs: Date.now() };
    try {
      await files.insertOne(document);
      return infoOf(document);
    } catch (error) {
      if (!(error instanceof MongoServerError && error.code === 11_000)) throw error;
      await bucket.delete(fileId);
      return this.info(hash);
    }
  }

  /** What is stored under a hash; `not-found` otherwise. */
  async info(hash: string): Promise<BlobInfo> {
    return infoOf(await this.#find(hash));
  }

  /** The content under a hash; `not-found` otherwise. */
  async get(hash: string): Promise<Readable> {
    const { fileId } = await this.#find(hash);
    return this.#city().bucket.openDownloadStream(fileId);
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

  /** Takes away the parts of an upload that broke off; what cannot be reached now stays as unused parts. */
  async #forget(fileId: InstanceType<typeof ObjectId>): Promise<void> {
    const chunks = this.#databases.native(currentContext().city).collection('blobs.chunks');
    await chunks.deleteMany({ files_id: fileId }).catch(() => undefined);
  }

  #city() {
    const database = this.#databases.native(currentContext().city);
    return {
      files: database.collection<BlobDocument>('blobs'),
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
