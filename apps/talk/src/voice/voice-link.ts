import { createHash } from 'node:crypto';
import type { VoiceWord } from '@siaga/contracts';
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
  #heardMs = Date.now();
  isTraining = false;
  #isEnded = false;

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

  /** When something was last heard of it, epoch ms. */
  get heardMs(): number {
    return this.#heardMs;
  }

  heard(): void {
    this.#heardMs = Date.now();
  }

  answered(askedAtMs: number): void {
    this.#outlet.answered(askedAtMs);
  }

  say(word: VoiceWord): void {
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
