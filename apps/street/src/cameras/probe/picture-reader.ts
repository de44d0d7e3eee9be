import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { OnApplicationShutdown } from '@nestjs/common';
import { createLogger } from '@siaga/service';
import type { Picture } from './picture.ts';

const log = createLogger('cameras');

/** A Full HD still takes a fifth of a second; what takes longer than this was made to. */
const WITHIN_MS = 4000;
/** Beyond these, stills are not judged: their cameras are looked at again. */
const MOST_WAITING = 64;
const MOST_MEGABYTES = 160;

/** Built files end in `.js`; under a test runner they are what was written. */
const here = fileURLToPath(
  new URL(`./picture-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

interface Waiting {
  readonly jpeg: Uint8Array;
  readonly done: (picture: Picture | undefined) => void;
}

/**
 * Decodes stills on a thread of its own, one at a time, so that no picture holds up what devices say. A picture that takes
 * too long, or too much memory, ends the thread, is not judged, and the next one has a new thread.
 */
export class PictureReader implements OnApplicationShutdown {
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;
  #underWay: Waiting | undefined;
  #deadline: NodeJS.Timeout | undefined;
  readonly #file: string;
  readonly #withinMs: number;

  /** `file`: what the thread runs; `withinMs`: a picture has so long. */
  constructor({ file = here, withinMs = WITHIN_MS }: { file?: string; withinMs?: number } = {}) {
    this.#file = file;
    this.#withinMs = withinMs;
  }

  /** Its grey levels; undefined for what cannot be decoded, or not in time. */
  read(jpeg: Uint8Array): Promise<Picture | undefined> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.resolve(undefined);
    return new Promise((done) => {
      // a copy of its own: what is handed over is not there any more
      this.#waiting.push({ jpeg: new Uint8Array(jpeg), done });
      this.#next();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    const worker = this.#worker;
    for (const { done } of this.#waiting.splice(0)) done(undefined);
    this.#finish(undefined);
    this.#worker = undefined;
    await worker?.terminate();
  }

  #next(): void {
    if (this.#underWay !== undefined) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#underWay = next;
    const worker = (this.#worker ??= this.#started());
    this.#deadline = setTimeout(() => {
      this.#lose(worker, 'a still took too long to decode');
    }, this.#withinMs);
    worker.postMessage(next.jpeg, [next.jpeg.buffer as ArrayBuffer]);
  }

  #started(): Worker {
    // none of our own flags: one of them may be for the main thread only
    const worker = new Worker(this.#file, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } });
    worker.unref();
    worker.on('message', (grey: readonly number[] | undefined) => {
      if (worker !== this.#worker) return;
      this.#finish(grey === undefined ? undefined : { grey });
    });
    worker.on('error', (error: Error) => {
      this.#lose(worker, `the thread that decodes stills ended: ${error.message}`);
    });
    return worker;
  }

  /** Ends a thread and what it was at. */
  #lose(worker: Worker, why: string): void {
    if (worker !== this.#worker) return;
    log.warn(why);
    this.#worker = undefined;
    void worker.terminate();
    this.#finish(undefined);
  }

  #finish(picture: Picture | undefined): void {
    clearTimeout(this.#deadline);
    const { done } = this.#underWay ?? {};
    this.#underWay = undefined;
    done?.(picture);
    this.#next();
  }
}
