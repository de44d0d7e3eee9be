import { LIVE_NAMESPACE, Subscribed, type Frame, type LatestEntry, type Subscribe } from '@siaga/contracts';
import { io, type Socket } from 'socket.io-client';
import { ScreenLog, type FactOf, type Shown } from './screen-log.ts';

/** Without a frame for so long it is not live: heartbeats come every second. */
const SILENT_MS = 3000;
/** Without a frame for so long it connects anew, as the client module does. */
const DEAD_MS = 8000;

/** What a raw screen tells at once, for faults at that very moment. */
export interface RawMoments {
  /** The gateway took the wish; `recovered`: what was missed follows. */
  subscribed?: ((recovered: boolean) => void) | undefined;
  frame?: ((frame: Frame) => void) | undefined;
}

/** A client of the live stream without memory of ids: what the gateway sends twice, it applies twice. */
export class RawScreen {
  readonly name: string;
  log = new ScreenLog(() => undefined);
  readonly moments: RawMoments = {};
  readonly #streams: string[];
  readonly #socket: Socket;
  readonly #values = new Map<string, Shown>();
  readonly #watch: NodeJS.Timeout;
  #parts: Frame[] = [];
  #position: string | undefined;
  #epoch: string | undefined;
  #heardAtMs = Date.now();

  constructor(name: string, url: string, streams: string[]) {
    this.name = name;
    this.#streams = streams;
    this.#socket = io(url + LIVE_NAMESPACE, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
    });
    this.#socket.on('connect', () => {
      this.#subscribe();
    });
    this.#socket.on('frame', (frame: Frame) => {
      this.#heardAtMs = Date.now();
      this.moments.frame?.(frame);
      this.#take(frame);
    });
    this.#watch = setInterval(() => {
      if (Date.now() - this.#heardAtMs < DEAD_MS) return;
      this.#heardAtMs = Date.now();
      if (this.#socket.connected) this.cut();
      else if (!this.#socket.active) this.#socket.connect();
    }, 500);
  }

  get isLive(): boolean {
    return this.#socket.connected && Date.now() - this.#heardAtMs < SILENT_MS;
  }

  begin(factOf: FactOf): void {
    this.log = new ScreenLog(factOf);
  }

  shown(): Shown[] {
    return [...this.#values.values()];
  }

  ownAccount(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** Breaks its connection; it comes back by itself and resumes. */
  cut(): void {
    this.#socket.io.engine.close();
  }

  close(): void {
    clearInterval(this.#watch);
    this.#socket.disconnect();
  }

  #subscribe(): void {
    this.#parts = [];
    const since = this.#position;
    const wish: Subscribe = {
      streams: this.#streams,
      ...(since === undefined ? {} : { since }),
      ...(this.#epoch === undefined ? {} : { epoch: this.#epoch }),
    };
    this.#socket.emit('subscribe', wish, (answer: unknown) => {
      const subscribed = Subscribed.safeParse(answer);
      if (!subscribed.success) return; // turned away: silence makes it come again
      const { epoch, recovered } = subscribed.data;
      this.#epoch = epoch;
      if (since !== undefined && !recovered) this.log.gaps += 1;
      this.moments.subscribed?.(recovered);
    });
  }

  #take(frame: Frame): void {
    if (frame.part === undefined) {
      this.#apply(frame);
      return;
    }
    if (frame.part.index === 0) this.#parts = [];
    this.#parts.push(frame);
    if (!frame.part.last) return;
    const before = [...this.#values];
    this.#values.clear();
    for (const part of this.#parts.splice(0)) this.#apply(part);
    for (const [name, { event, key }] of before)
      if (!this.#values.has(name)) this.log.showed({ event, key, data: null });
  }

  #apply({ latest, every, position }: Frame): void {
    for (const entry of latest) this.#put(entry);
    for (const [event, key, data, id] of every) this.log.applied({ event, key, id, data, place: position });
    this.#position = position;
  }

  #put([event, key, data]: LatestEntry): void {
    const name = `${event} ${key}`;
    if (data === null) this.#values.delete(name);
    else this.#values.set(name, { event, key, data });
    this.log.showed({ event, key, data });
  }
}
