import { Fault } from '@siaga/contracts';

/** A record on its way to a partition. */
export interface Outgoing {
  topic: string;
  partition: number;
  key: string;
  value: Buffer | null;
  headers: Record<string, string>;
}

interface Append {
  left: number;
  resolve: () => void;
  reject: (fault: Fault) => void;
}

/** Bytes per request, about: a broker takes 1,048,588 for the records of one partition. */
const REQUEST_BYTES = 900_000;

/**
 * Sends records with one request under way at a time, so that their order holds however often one is sent again; what
 * arrives meanwhile shares the next request.
 */
export class SendQueue {
  readonly #send: (records: readonly Outgoing[]) => Promise<void>;
  readonly #waiting: { record: Outgoing; append: Append }[] = [];
  #sending: Promise<void> | undefined;

  /** `send` resolves when the records are durable. */
  constructor(send: (records: readonly Outgoing[]) => Promise<void>) {
    this.#send = send;
  }

  /** Resolves when all are durable; rejects with the Fault of the first request that failed. */
  add(records: readonly Outgoing[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const append = { left: records.length, resolve, reject };
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
      const request = this.#take();
      try {
        await this.#send(request.map(({ record }) => record));
        for (const { append } of request) if (--append.left === 0) append.resolve();
      } catch (cause) {
        const fault = new Fault('unavailable', 'Kafka did not take the records', { cause });
        for (const { append } of request) append.reject(fault);
      }
    }
    this.#sending = undefined;
  }

  #take() {
    let [count, bytes] = [0, 0];
    for (const { record } of this.#waiting) {
      bytes += sizeOf(record);
      if (count > 0 && bytes > REQUEST_BYTES) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}

/** Bytes of a record in a request, about. */
export function sizeOf({ key, value, headers }: Pick<Outgoing, 'key' | 'value' | 'headers'>): number {
  let bytes = 100 + Buffer.byteLength(key) + (value?.length ?? 0);
  for (const [name, text] of Object.entries(headers)) bytes += 10 + name.length + Buffer.byteLength(text);
  return bytes;
}
