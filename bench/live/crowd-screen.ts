import { WebSocket } from 'ws';
import type { Delays } from './delays.ts';
import type { FrameReader, ReadFrame } from './frame-reader.ts';
import { NumbersSeen } from './numbers-seen.ts';

/** What all screens of one process share. */
export interface Shared {
  url: string;
  reader: FrameReader;
  /** From the log's time of a value or event to this process's callback. */
  delays: Delays;
  /** Values and events that reached a screen; frames with something in them; their bytes. */
  entries: number;
  frames: number;
  bytes: number;
  returns: number;
  /** Times a screen that had stopped reading found, when it woke, that it had been cut. */
  wokeCut: number;
}

/** A pause before the next attempt, as libs/live waits: 0.3 s doubling to 3 s, give or take half. */
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3000;
/** Who wakes has to get through what its network still holds for it before it can see that it was cut. */
const SEES_WITHIN_MS = 5000;

/** A screen that speaks the live protocol by hand, comes back after each cut from where it was, and keeps account. */
export class CrowdScreen {
  readonly seen = new NumbersSeen();
  /** Times it was answered with a snapshot although it had a position. */
  snapshots = 0;
  /** Everything the log took up to `fromMs` is here since `atMs`, epoch ms. */
  caughtUp: { fromMs: number; atMs: number | undefined } | undefined;
  readonly #shared: Shared;
  readonly #wish: object;
  #socket: WebSocket | undefined;
  #position: string | undefined;
  #parts: ReadFrame[] = [];
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;
  #sleepMs: (() => number) | undefined;
  #onFirst: (() => void) | undefined;
  #closed = false;

  /** `wish` is the body of `subscribe`. */
  constructor(shared: Shared, wish: object) {
    this.#shared = shared;
    this.#wish = wish;
  }

  /** Resolves with its first frame. */
  open(): Promise<void> {
    return new Promise((resolve) => {
      this.#onFirst = resolve;
      this.#connect();
    });
  }

  /** Cuts its connection; after `offlineMs` it tries to return, by default as our client does. */
  cut(offlineMs = this.#pauseMs()): void {
    this.#socket?.removeAllListeners('close');
    this.#socket?.terminate();
    this.#socket = undefined;
    this.#returnIn(offlineMs);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  /**
   * From now on it reads nothing for `sleepMs()`, wakes, returns when it finds itself cut or else as if it had been, and
   * stops reading anew once it has something.
   */
  stall(sleepMs: () => number): void {
    this.#sleepMs = sleepMs;
    this.#sleep();
  }

  /** Says `subscribe` once more, from nothing. */
  subscribeAnew(): void {
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(`42/live,["subscribe",${JSON.stringify(this.#wish)}]`);
  }

  #sleep(): void {
    const socket = this.#socket;
    if (this.#sleepMs === undefined || socket === undefined || socket.isPaused) return;
    socket.pause();
    setTimeout(() => {
      if (socket === this.#socket) this.#wake(socket);
    }, this.#sleepMs());
  }

  /** What it slept through is thrown away unread: the gateway tells it anew, and reading it would only cost this machine. */
  #wake(socket: WebSocket): void {
    const tooLong = setTimeout(() => {
      this.cut();
    }, SEES_WITHIN_MS);
    socket.removeAllListeners('message');
    socket.once('close', () => {
      clearTimeout(tooLong);
      this.#shared.wokeCut += 1;
    });
    socket.resume();
  }

  #returnIn(pauseMs: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#shared.returns += 1;
      if (this.caughtUp === undefined || this.caughtUp.atMs !== undefined)
        this.caughtUp = { fromMs: Date.now(), atMs: undefined };
      this.#connect();
    }, pauseMs);
  }

  #connect(): void {
    const url = `${this.#shared.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { perMessageDeflate: false });
    this.#socket = socket;
    this.#parts = [];
    socket.on('open', () => {
      socket.send('40/live,{}');
    });
    socket.on('message', (data: Buffer) => {
      this.#hear(socket, data);
    });
    socket.on('error', () => undefined); // what follows is `close`
    socket.on('close', () => {
      this.#returnIn(this.#pauseMs());
    });
  }

  #pauseMs(): number {
    const pauseMs = FIRST_PAUSE_MS * 2 ** Math.min(this.#attempt, 10) * (0.5 + Math.random());
    this.#attempt += 1;
    return Math.min(pauseMs, LONGEST_PAUSE_MS);
  }

  #hear(socket: WebSocket, data: Buffer): void {
    if (data[0] === 0x32) socket.send('3');
    else if (data[1] === 0x32) this.#apply(data);
    else if (data[1] === 0x30) {
      const wish = { ...this.#wish, ...(this.#position === undefined ? {} : { since: this.#position }) };
      socket.send(`42/live,0["subscribe",${JSON.stringify(wish)}]`);
    }
  }

  #apply(data: Buffer): void {
    const frame = this.#shared.reader.read(data);
    this.#attempt = 0;
    this.#count(frame, data.length);
    if (frame.open) {
      this.#parts.push(frame);
      return;
    }
    if (frame.snapshot && this.#position !== undefined) this.snapshots += 1;
    for (const part of this.#parts) this.seen.addAll(part.numbers);
    this.seen.addAll(frame.numbers);
    this.#parts = [];
    this.#position = frame.position;
    this.#lookWhetherCaughtUp(frame);
    this.#onFirst?.();
    this.#onFirst = undefined;
    this.#sleep();
  }

  #count({ takenAtMs }: ReadFrame, bytes: number): void {
    if (takenAtMs.length === 0) return;
    this.#shared.frames += 1;
    this.#shared.bytes += bytes;
    this.#shared.entries += takenAtMs.length;
    const nowMs = Date.now();
    for (const at of takenAtMs) this.#shared.delays.add(nowMs - at);
  }

  /** Caught up: no number lacks below one that the log took after the return began. */
  #lookWhetherCaughtUp({ numbers, takenAtMs }: ReadFrame): void {
    const { caughtUp } = this;
    if (caughtUp === undefined || caughtUp.atMs !== undefined || numbers.length === 0 || this.seen.hasGap) return;
    if (takenAtMs.some((at) => at >= caughtUp.fromMs)) caughtUp.atMs = Date.now();
  }
}
