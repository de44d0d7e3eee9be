import { Fault } from '@siaga/contracts';

/** A record on its way to a partition. */
export interface Outgoing {
  topic: string;
  partition: number;
  key: string;
  value: Buffer | null;
  headers: Record<string, string>;
}

/** One call of `add`, until it is settled. */
interface Append {
  left: number;
  settled: boolean;
  resolve: () => void;
  reject: (fault: Fault) => void;
}

interface Waiting {
  record: Outgoing;
  append: Append;
}

/** Bytes per request, about: a broker takes 1,048,588 for the records of one partition. */
const REQUEST_BYTES = 900_000;

/** Waiting records above which more are refused: what waits must not fill the memory while the broker is away. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
const DEADLINE_MS = 8000;

/**
 * Sends records with one request under way at a time, so that their order holds however often one is sent again; what
 * arrives meanwhile shares the next request.
 */
export class SendQueue {
  readonly #send: (records: readonly Outgoing[]) => Promise<void>;
  readonly #deadlineMs: number;
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #sending: Promise<void> | undefined;

  /** `send` resolves when the records are durable; with a Fault `too-large` it refuses one of them for good. */
  constructor(send: (records: readonly Outgoing[]) => Promise<void>, { deadlineMs = DEADLINE_MS } = {}) {
    this.#send = send;
    this.#deadlineMs = deadlineMs;
  }

  /**
   * Resolves when all are durable. Rejects with the Fault of the first request that failed; with `unavailable` at once
   * when more than 32 MiB wait, or after 8 s, when what was not sent yet is dropped and what was may still arrive.
   */
  add(records: readonly Outgoing[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const bytes = records.reduce((sum, record) => sum + sizeOf(record), 0);
    if (this.#bytes + bytes > MOST_WAITING_BYTES)
      return Promise.reject(new Fault('unavailable', 'too much waits for Kafka'));
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        append.reject(new Fault('unavailable', 'Kafka did not take the records in time'));
      }, this.#deadlineMs);
      const settle = (tell: () => void) => {
        if (append.settled) return;
        append.settled = true;
        clearTimeout(timer);
        this.#bytes -= bytes;
        tell();
      };
      const append: Append = {
        left: records.length,
        settled: false,
        resolve: () => {
          settle(resolve);
        },
        reject: (fault) => {
          settle(() => {
            reject(fault);
          });
        },
      };
      for (const record of records) this.#waiting.push({ record, append });
      this.#sending ??= this.#run();
    });
  }

  async idle(): Promise<void> {
    await this.#sending;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#deliver(this.#take());
    }
    this.#sending = undefined;
  }

  async #deliver(request: readonly Waiting[]): Promise<void> {
    if (request.length === 0) return;
    try {
      await this.#send(request.map(({ record }) => record));
      for (const { append } of request) if (--append.left === 0) append.resolve();
    } catch (cause) {
      const tooLarge = cause instanceof Fault && cause.kind === 'too-large';
      // only one of them is: the others are not to suffer for it
      if (tooLarge && request.length > 1) for (const one of request) await this.#deliver([one]);
      else {
        const fault = tooLarge ? cause : new Fault('unavailable', 'Kafka did not take the records', { cause });
        for (const { append } of request) append.reject(fault);
      }
    }
  }

  /** What goes with the next request; records of an append that was given up are left out. */
  #take(): Waiting[] {
    let [count, bytes] = [0, 0];
    for (const { record, append } of this.#waiting) {
      if (!append.settled) bytes += sizeOf(record);
      if (count > 0 && bytes > REQUEST_BYTES) break;
      count++;
    }
    return this.#waiting.splice(0, count).filter(({ append }) => !append.settled);
  }
}

/** Bytes of a record in a request, about. */
export function sizeOf({ key, value, headers }: Pick<Outgoing, 'key' | 'value' | 'headers'>): number {
  let bytes = 100 + Buffer.byteLength(key) + (value?.length ?? 0);
  for (const [name, text] of Object.entries(headers)) bytes += 10 + name.length + Buffer.byteLength(text);
  return bytes;
}
