import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { createLogger, serviceContext, withContext } from '@siaga/service';
import { setTimeout as pause } from 'node:timers/promises';
import type { Beginning, StoredBurst } from './burst-document.ts';
import { BurstsStore } from './bursts.store.ts';

const log = createLogger('recorder');

/** What is lost of a burst when the process is killed. */
const PART_MS = 1000;
const AGAIN_MS = 1000;
/** Voice that waits for the documents, of all bursts: an hour of it. What comes then is a hole, and shown as one. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** One burst on its way to the documents: its steps follow one another, each until it is done. */
interface Tape {
  readonly city: string;
  readonly exercise: boolean;
  readonly partTimer: NodeJS.Timeout;
  pending: Uint8Array[];
  parts: number;
  done: Promise<unknown>;
}

/**
 * Keeps what is said. Voice never waits for it: when the documents do not answer, people still hear each other, and what they
 * said is written as soon as that is possible.
 */
@Injectable()
export class BurstRecorder implements BeforeApplicationShutdown {
  readonly #tapes = new Map<string, Tape>();
  readonly #endings = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #waitingBytes = 0;

  constructor(private readonly store: BurstsStore) {}

  begin(city: string, beginning: Beginning): void {
    const { recordingId, exercise } = beginning;
    const partTimer = setInterval(() => {
      this.#write(recordingId);
    }, PART_MS);
    const tape: Tape = { city, exercise, partTimer, pending: [], parts: 0, done: Promise.resolve() };
    this.#tapes.set(recordingId, tape);
    void this.#then(tape, () => this.store.open(beginning));
  }

  take(recordingId: string, packet: Uint8Array): void {
    const tape = this.#tapes.get(recordingId);
    if (tape === undefined || this.#waitingBytes + packet.length > MOST_WAITING_BYTES) return;
    // the socket's buffer is the socket's: it is used again
    tape.pending.push(Uint8Array.from(packet));
    this.#waitingBytes += packet.length;
  }

  /** Resolves when it is kept; undefined: there was nothing to keep, or it could not be until we closed. */
  async end(recordingId: string): Promise<StoredBurst | undefined> {
    const tape = this.#tapes.get(recordingId);
    if (tape === undefined) return undefined;
    clearInterval(tape.partTimer);
    this.#write(recordingId);
    this.#tapes.delete(recordingId);
    const ending = this.#then(tape, () => this.store.keep(recordingId));
    this.#endings.add(ending);
    try {
      return await ending;
    } finally {
      this.#endings.delete(ending);
      this.store.givenUp(recordingId);
    }
  }

  /** What has ended is kept before the documents close. */
  async beforeApplicationShutdown(): Promise<void> {
    const endings = [...this.#endings, ...[...this.#tapes.keys()].map((recordingId) => this.end(recordingId))];
    await Promise.race([Promise.allSettled(endings), pause(PATIENCE_MS, undefined, { ref: false })]);
    this.#closing.abort();
  }

  #write(recordingId: string): void {
    const tape = this.#tapes.get(recordingId);
    if (tape === undefined || tape.pending.length === 0) return;
    const [packets, at] = [tape.pending, tape.parts];
    tape.pending = [];
    tape.parts += 1;
    const bytes = packets.reduce((sum, packet) => sum + packet.length, 0);
    void this.#then(tape, () => this.store.append(recordingId, at, packets)).finally(() => {
      this.#waitingBytes -= bytes;
    });
  }

  #then<Result>(tape: Tape, act: () => Promise<Result>): Promise<Result | undefined> {
    const { city, exercise } = tape;
    const next = tape.done.then(() => withContext(serviceContext(city, { exercise }), () => this.#untilDone(act)));
    tape.done = next;
    return next;
  }

  async #untilDone<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
    for (let tries = 0; !this.#closing.signal.aborted; tries += 1) {
      try {
        return await act();
      } catch (error) {
        if (tries === 0) log.error({ err: error }, 'what is said cannot be kept now, it is tried again');
        await pause(AGAIN_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }
}

/** Less than a supervisor's: a process that is told to end does so. */
const PATIENCE_MS = 4000;
