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
  #delayMs: number | undefined;
  /** By our clock, when the last question was asked that he has answered. */
  #answeredMs = Date.now();

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** One way to him: half of what the last answer took, ms; undefined until he has answered. */
  get delayMs(): number | undefined {
    return this.#delayMs;
  }

  answered(askedAtMs: number): void {
    const nowMs = Date.now();
    if (askedAtMs > nowMs) return;
    this.#delayMs = (nowMs - askedAtMs) / 2;
    this.#answeredMs = Math.max(this.#answeredMs, askedAtMs);
  }

  send(packet: Uint8Array): void {
    const isBehind = Date.now() - this.#answeredMs > BEHIND_MS;
    if (!isBehind && this.#socket.bufferedAmount <= MOST_BUFFERED_BYTES) this.#socket.send(packet, () => undefined);
  }
}
