import { connect, type Socket } from 'node:net';
import { Fault } from '@siaga/contracts';
import { FrameReader, frameOf } from './frames.ts';
import { LEASE_MS, PING_EVERY_MS, type ClientMessage, type Push, type ServerMessage } from './protocol.ts';

/** A request not answered for so long fails as unavailable; long enough for an engine to be restarted meanwhile. */
const ANSWER_WITHIN_MS = 8000;
/** Requests waiting for an engine that is away take no more memory than this. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;
const RECONNECT_MS = [20, 50, 100, 200, 400, 800] as const;

type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;
export type Request = WithoutId<Exclude<ClientMessage, { op: 'done' }>>;

interface Waiting {
  frame: Buffer;
  resolve: (result: unknown) => void;
  reject: (fault: Fault) => void;
  timer: NodeJS.Timeout;
  /** Part of setting up a connection: fails with it instead of being sent again. */
  bound: boolean;
  sentOn: Socket | undefined;
}

/** How long a request waits for its answer; absent: 8 s. */
export interface Patience {
  readonly answerWithinMs?: number | undefined;
}

export interface LinkEvents {
  /** A connection stands, before waiting requests are sent again: what belongs to it is set up here. */
  connected(logId: string): Promise<void>;
  /** It is set up. */
  ready(): void;
  disconnected(): void;
  push(push: Push): void;
}

/**
 * The way to the engine: connects, and again after it broke; requests without an answer are sent again in their order,
 * so a repeated append may be in the log twice but none is lost once answered.
 */
export class Link {
  readonly #path: string;
  readonly #events: LinkEvents;
  readonly #answerWithinMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #waitingBytes = 0;
  #nextId = 1;
  #socket: Socket | undefined;
  #ready = false;
  #attempt = 0;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;
  #pings: NodeJS.Timeout | undefined;
  #provenMs = 0;

  constructor(path: string, events: LinkEvents, { answerWithinMs = ANSWER_WITHIN_MS }: Patience = {}) {
    this.#path = path;
    this.#events = events;
    this.#answerWithinMs = answerWithinMs;
    this.#connect();
  }

  /** When the engine last surely heard us is not longer ago than a lease: nobody else has our seats. */
  get leaseHolds(): boolean {
    return performance.now() - this.#provenMs < LEASE_MS;
  }

  /** A connection stands and is set up. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Resolves with the engine's answer; sent again after a reconnect until then. Rejects with the engine's Fault. */
  request(request: Request): Promise<unknown> {
    return this.#enqueue(request, { bound: false, now: this.#ready });
  }

  /** Like {@link request}, but belongs to the connection that stands now and fails with it. */
  requestHere(request: Request): Promise<unknown> {
    if (this.#socket === undefined) return Promise.reject(gone('the engine is away'));
    return this.#enqueue(request, { bound: true, now: true });
  }

  /** A message without an answer; lost when there is no connection. */
  tell(message: Extract<ClientMessage, { op: 'done' }>): void {
    if (this.#ready) this.#socket?.write(frameOf(message));
  }

  /** Drops the connection and makes another. */
  reset(): void {
    this.#socket?.destroy();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket?.destroy();
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(gone('the log was closed'));
  }

  #enqueue(request: Request, { bound, now }: { bound: boolean; now: boolean }): Promise<unknown> {
    if (this.#closed) return Promise.reject(gone('the log was closed'));
    const id = this.#nextId++;
    const frame = frameOf({ ...request, id });
    if (this.#waitingBytes + frame.length > MAX_WAITING_BYTES)
      return Promise.reject(gone('too much waits for the engine'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#settle(id)?.reject(gone('the engine did not answer'));
      }, this.#answerWithinMs);
      const waiting: Waiting = { frame, resolve, reject, timer, bound, sentOn: undefined };
      this.#waiting.set(id, waiting);
      this.#waitingBytes += frame.length;
      if (now) this.#transmit(waiting);
    });
  }

  #transmit(waiting: Waiting): void {
    waiting.sentOn = this.#socket;
    this.#socket?.write(waiting.frame);
  }

  #connect(): void {
    const socket = connect(this.#path);
    const frames = new FrameReader();
    socket.on('connect', () => {
      void this.#greet(socket);
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const [message] of frames.push(chunk)) this.#hear(message as ServerMessage);
      } catch {
        socket.destroy();
      }
    });
    socket.on('error', () => {
      socket.destroy();
    });
    socket.on('close', () => {
      this.#lost(socket);
    });
  }

  async #greet(socket: Socket): Promise<void> {
    this.#socket = socket;
    const beforeMs = performance.now();
    try {
      const { logId } = (await this.requestHere({ op: 'hello' })) as { logId: string };
      this.#provenMs = beforeMs;
      await this.#events.connected(logId);
    } catch {
      socket.destroy();
      return;
    }
    if (this.#socket !== socket) return;
    this.#ready = true;
    this.#attempt = 0;
    for (const waiting of this.#waiting.values()) if (waiting.sentOn !== socket) this.#transmit(waiting);
    this.#events.ready();
    this.#pings = setInterval(() => void this.#ping(socket), PING_EVERY_MS);
  }

  async #ping(socket: Socket): Promise<void> {
    if (!this.leaseHolds) {
      socket.destroy(); // no answer for so long: the engine is gone, or takes us for gone
      return;
    }
    const sentMs = performance.now();
    await this.request({ op: 'ping' }).then(
      () => {
        this.#provenMs = Math.max(this.#provenMs, sentMs);
      },
      () => undefined,
    );
  }

  #hear(message: ServerMessage): void {
    if ('sub' in message) {
      this.#events.push(message);
      return;
    }
    const waiting = this.#settle(message.id);
    if ('fault' in message) waiting?.reject(new Fault(message.fault.kind, message.fault.message));
    else waiting?.resolve(message.result);
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    this.#waitingBytes -= waiting.frame.length;
    return waiting;
  }

  #lost(socket: Socket): void {
    if (this.#socket === socket) {
      this.#socket = undefined;
      this.#ready = false;
      clearInterval(this.#pings);
      for (const [id, { bound }] of [...this.#waiting]) if (bound) this.#settle(id)?.reject(gone('the engine is away'));
      this.#events.disconnected();
    }
    if (this.#closed) return;
    const waitMs = RECONNECT_MS[Math.min(this.#attempt++, RECONNECT_MS.length - 1)];
    this.#retry = setTimeout(() => {
      this.#connect();
    }, waitMs);
  }
}

function gone(why: string): Fault {
  return new Fault('unavailable', why);
}
