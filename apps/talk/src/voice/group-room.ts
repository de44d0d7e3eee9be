import type { VoiceWord } from '@siaga/contracts';
import { dueMs, step } from '../floor/floor-control.ts';
import { emptyFloor, floorTimers, type FloorInput, type FloorMessage, type Said } from '../floor/floor.ts';

/** One phone or desk in a group, as the room reaches it. */
export interface Member {
  readonly participantId: string;
  readonly principalId: string;
  say(word: VoiceWord): void;
  /** A packet of somebody's voice, unchanged; dropped where this link is behind. */
  hear(packet: Uint8Array): void;
}

/** What somebody may do in a group. */
export interface Standing {
  readonly rank: number;
  readonly mayTalk: boolean;
}

/** Told of bursts, to keep them. */
export interface BurstKeeper {
  begun(burst: Burst): void;
  packet(burst: number, packet: Uint8Array): void;
  ended(burst: number): void;
}

export interface Burst {
  readonly burst: number;
  readonly groupId: string;
  readonly talkId: string;
  readonly participantId: string;
  readonly principalId: string;
  readonly isEmergency: boolean;
  readonly atMs: number;
}

/** One group on the air: its floor, who is on the line, and the voice that goes from one to all the others. */
export class GroupRoom {
  readonly #groupId: string;
  readonly #keeper: BurstKeeper;
  readonly #nextBurst: () => number;
  readonly #members = new Map<string, Member>();
  #floor = emptyFloor;
  #burst: Burst | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `nextBurst`: numbers that no other room of this process gives. */
  constructor(groupId: string, keeper: BurstKeeper, nextBurst: () => number) {
    this.#groupId = groupId;
    this.#keeper = keeper;
    this.#nextBurst = nextBurst;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  join(member: Member, standing: Standing): void {
    this.#members.set(member.participantId, member);
    this.#do({ kind: 'join', participant: { participantId: member.participantId, ...standing } });
  }

  leave(participantId: string): void {
    if (!this.#members.delete(participantId)) return;
    this.#do({ kind: 'leave', participantId });
  }

  request(participantId: string, { talkId, isEmergency }: { talkId: string; isEmergency: boolean }): void {
    this.#do({ kind: 'request', participantId, talkId, isEmergency });
  }

  release(participantId: string, talkId: string): void {
    this.#do({ kind: 'release', participantId, talkId });
  }

  /** A packet of the burst of this number; of any other it is dropped, and its sender told so once. */
  voice(participantId: string, { burst, packet }: { burst: number; packet: Uint8Array }): void {
    const now = this.#burst;
    const talkId = now?.burst === burst ? now.talkId : String(burst).padStart(8, '0');
    if (!this.#do({ kind: 'media', participantId, talkId })) return;
    this.#keeper.packet(burst, packet);
    for (const [id, member] of this.#members) if (id !== participantId) member.hear(packet);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  /** Whether the media of this input may pass. */
  #do(input: FloorInput): boolean {
    const nowMs = Date.now();
    const { floor, said, relays } = step(this.#floor, input, { nowMs, timers: floorTimers });
    this.#floor = floor;
    for (const one of said) this.#say(one, nowMs);
    if (floor.talk === undefined) this.#end();
    this.#wake(nowMs);
    return relays;
  }

  #wake(nowMs: number): void {
    clearTimeout(this.#timer);
    const due = dueMs(this.#floor, floorTimers);
    if (due !== undefined) this.#timer = setTimeout(() => this.#do({ kind: 'clock' }), Math.max(1, due - nowMs));
  }

  #say(said: Said, nowMs: number): void {
    const { message } = said;
    if (message.kind === 'granted' && 'to' in said) this.#begin(said.to, message.talkId, nowMs);
    const word = this.#wordOf(message);
    if ('to' in said) this.#members.get(said.to)?.say(word);
    else for (const [id, member] of this.#members) if (id !== said.allBut) member.say(word);
  }

  #begin(participantId: string, talkId: string, atMs: number): void {
    if (this.#burst?.talkId === talkId && this.#burst.participantId === participantId) return;
    this.#end();
    const principalId = this.#members.get(participantId)?.principalId ?? '';
    const isEmergency = this.#floor.talk?.isEmergency === true;
    const groupId = this.#groupId;
    this.#burst = { burst: this.#nextBurst(), groupId, talkId, participantId, principalId, isEmergency, atMs };
    this.#keeper.begun(this.#burst);
  }

  #end(): void {
    if (this.#burst !== undefined) this.#keeper.ended(this.#burst.burst);
    this.#burst = undefined;
  }

  #wordOf(message: FloorMessage): VoiceWord {
    const groupId = this.#groupId;
    const burst = this.#burst?.burst ?? 0;
    if (message.kind === 'granted') return { ...message, groupId, burst };
    if (message.kind !== 'taken') return { ...message, groupId };
    const { by: participantId, isEmergency } = message;
    const { principalId = '', atMs: sinceMs = 0 } = this.#burst ?? {};
    return { kind: 'taken', groupId, burst, by: { participantId, principalId }, isEmergency, sinceMs };
  }
}
