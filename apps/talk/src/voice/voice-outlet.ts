import type { WebSocket } from 'ws';

/** Two seconds of the largest packets; of Opus ten. */
const MOST_BUFFERED_BYTES = 64 * 1024;
/** So often everybody is asked whether he is there. */
export const PING_MS = 1000;
/** What was asked so long ago and is not answered lies somewhere on the way, and voice behind it would come as late. */
const BEHIND_MS = 2 * PING_MS + 500;

/** The voice on its way to one listener: whoever is behind misses what is said meanwhile, and hears no old voice afterwards. */
export class VoiceOutlet {
  readonly #socket: WebSocket;
  #dropped = 0;
  /** By our clock, when the last question was asked that he has answered. */
  #answeredMs = Date.now();

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Packets he did not get because he was behind. */
  get dropped(): number {
    return this.#dropped;
  }

  answered(askedAtMs: number): void {
    this.#answeredMs = Math.max(this.#answeredMs, Math.min(askedAtMs, Date.now()));
  }

  send(packet: Uint8Array): void {
    const isBehind = Date.now() - this.#answeredMs > BEHIND_MS;
    if (isBehind || this.#socket.bufferedAmount > MOST_BUFFERED_BYTES) this.#dropped += 1;
    else this.#socket.send(packet, () => undefined);
  }
}
