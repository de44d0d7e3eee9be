import { createHash } from 'node:crypto';
import type { HandsetNow, Place, VoiceQuality, VoiceWord } from '@siaga/contracts';
import type { Principal } from '@siaga/service';
import type { WebSocket } from 'ws';
import type { Member } from './group-room.ts';
import { VoiceOutlet } from './voice-outlet.ts';

/** Why a link is ended, as its close code says; below 4000 those of RFC 6455. */
export const closeCodes = {
  /** The same browser opened another one: it does not come back by itself. */
  replaced: 4001,
  /** What it says is no message of ours, or too much. */
  unreadable: 4002,
  /** Its ticket has ended, or whoever it was may be here no more: it comes back with another one, if he has one. */
  unauthenticated: 4003,
  /** It answers nothing. */
  silent: 4004,
  /** Another process speaks for the city, or this one ends: it comes back soon. */
  restart: 1012,
} as const;
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** What waits for a link that does not read, voice and words. */
const MOST_BUFFERED_BYTES = 1024 * 1024;

/** How a phone is known on the line. Made of both: nobody takes the name of a phone that is not his. */
export const participantOf = (principalId: string, deviceId: string): string =>
  createHash('sha256').update(`${principalId}\n${deviceId}`).digest('base64url').slice(0, 22);

/** Somebody's phone or desk on the line. */
export class VoiceLink implements Member {
  readonly participantId: string;
  readonly city: string;
  readonly #socket: WebSocket;
  readonly #outlet: VoiceOutlet;
  #principal: Principal;
  #heardMs = performance.now();
  isTraining = false;
  place: Place | undefined;
  #isEnded = false;
  #quality: { told: VoiceQuality; atMs: number } | undefined;

  constructor(socket: WebSocket, principal: Principal, deviceId: string) {
    this.#socket = socket;
    this.#outlet = new VoiceOutlet(socket);
    this.#principal = principal;
    this.city = principal.city;
    this.participantId = participantOf(principal.id, deviceId);
  }

  get principal(): Principal {
    return this.#principal;
  }
  set principal(now: Principal) {
    this.#principal = now;
  }

  get principalId(): string {
    return this.#principal.id;
  }

  /** By who he is, or because he holds a radio for training. */
  get exercise(): boolean {
    return this.#principal.exercise || this.isTraining;
  }

  /** We have ended it: what still comes over it, until the other side knows, is nobody's. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** For how long nothing was heard of it, by the monotonic clock: a clock that is set cuts off nobody. */
  get silentMs(): number {
    return performance.now() - this.#heardMs;
  }

  heard(): void {
    this.#heardMs = performance.now();
  }

  /** What its device measured; what it leaves out stays as it was. */
  reported(told: VoiceQuality): void {
    this.#quality = { told: { ...this.#quality?.told, ...told }, atMs: Date.now() };
  }

  /** How well it talks and hears; undefined until it has told. */
  get voice(): HandsetNow['voice'] {
    if (this.#quality === undefined) return undefined;
    const { told, atMs } = this.#quality;
    const { delayMs } = this.#outlet;
    return { ...told, atMs, ...(delayMs !== undefined && { delayMs }) };
  }

  answered(askedAtMs: number): void {
    this.#outlet.answered(askedAtMs);
  }

  /** Words are few: whoever has so many before him reads none, and is let go of as one who is silent. */
  say(word: VoiceWord): void {
    if (this.#isEnded) return;
    if (this.#socket.bufferedAmount > MOST_BUFFERED_BYTES) {
      this.close(closeCodes.silent);
      return;
    }
    this.#socket.send(JSON.stringify(word), () => undefined);
  }

  hear(packet: Uint8Array): void {
    this.#outlet.send(packet);
  }

  close(code: CloseCode): void {
    this.#isEnded = true;
    this.#socket.close(code);
    // whoever does not answer this either holds nothing
    setTimeout(() => {
      this.#socket.terminate();
    }, 1000).unref();
  }
}
