import { numberOf } from '@siaga/service';
import { MOST_VOICE_PACKETS, type Place, type VoiceCodec, type VoiceFrame, type VoiceWord } from '@siaga/contracts';
import { dueMs, step } from '../floor/floor-control.ts';
import { emptyFloor, floorTimers, type FloorInput, type FloorMessage, type Said } from '../floor/floor.ts';
import type { Standing } from '../groups/group-rules.ts';

/** One phone or desk in a group, as the room reaches it. */
export interface Member {
  readonly participantId: string;
  readonly principalId: string;
  readonly exercise: boolean;
  /** Where it was at its newest press. */
  readonly place?: Place | undefined;
  say(word: VoiceWord): void;
  /** A packet of somebody's voice, unchanged; dropped where this link is behind. */
  hear(packet: Uint8Array): void;
}

/** A press that was granted. */
export interface Burst {
  /** What its packets carry. */
  readonly burst: number;
  readonly recordingId: string;
  readonly talkId: string;
  readonly talker: Member;
  readonly isEmergency: boolean;
  readonly atMs: number;
}

type Granted = Extract<FloorMessage, { kind: 'granted' }>;

/** What becomes of what is said. */
export interface RoomPorts {
  /** A number for a burst that no other room of this process gives. */
  nextBurst(): number;
  begun(burst: Burst): void;
  packet(burst: Burst, packet: Uint8Array): void;
  /** Its late packets are not answered by name any more. */
  forgotten(burst: number): void;
  ended(burst: Burst): void;
  /** Who talks, or how many are on the line, is not what it was. */
  changed(): void;
}

/** Bursts whose late packets can still be answered by name. */
const REMEMBERED = 32;

const unheard = { sequence: -1, codec: undefined };

/** One group on the air: its floor, who is on the line, and the voice that goes from one to all the others. */
export class GroupRoom {
  readonly groupId: string;
  readonly #ports: RoomPorts;
  readonly #members = new Map<string, Member>();
  readonly #talkIds = new Map<number, string>();
  #floor = emptyFloor;
  #burst: Burst | undefined;
  /** Of the packets of the burst: the newest one's number, and how all of them are coded. */
  #heard: { sequence: number; codec: VoiceCodec | undefined } = unheard;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(groupId: string, ports: RoomPorts) {
    this.groupId = groupId;
    this.#ports = ports;
  }

  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  /** Who talks. */
  get burst(): Burst | undefined {
    return this.#burst;
  }

  /** Comes in, or with another standing than before. */
  join(member: Member, standing: Standing): void {
    this.#members.set(member.participantId, member);
    this.#do({ kind: 'join', participant: { participantId: member.participantId, ...standing } });
    this.#ports.changed();
  }

  leave(participantId: string): void {
    if (!this.#members.delete(participantId)) return;
    this.#do({ kind: 'leave', participantId });
    this.#ports.changed();
  }

  request(participantId: string, { talkId, isEmergency }: { talkId: string; isEmergency: boolean }): void {
    this.#do({ kind: 'request', participantId, talkId, isEmergency });
  }

  release(participantId: string, talkId: string): void {
    this.#do({ kind: 'release', participantId, talkId });
  }

  /**
   * A packet of the burst of this number. Without permission it is dropped and answered; dropped is also what comes twice,
   * and what no recording would keep: what is heard is what is found again.
   */
  voice(participantId: string, { burst, sequence, codec }: VoiceFrame, packet: Uint8Array): void {
    const talkId = this.#talkIds.get(burst);
    if (talkId === undefined || !this.#do({ kind: 'media', participantId, talkId })) return;
    const now = this.#burst;
    if (now?.burst !== burst || sequence <= this.#heard.sequence || sequence >= MOST_VOICE_PACKETS) return;
    if (codec !== (this.#heard.codec ?? codec)) return;
    this.#heard = { sequence, codec };
    this.#ports.packet(now, packet);
    for (const [id, member] of this.#members) if (id !== participantId) member.hear(packet);
  }

  /** The group is no more: nobody talks, and nobody is in it. */
  close(): void {
    this.#floor = emptyFloor;
    this.#members.clear();
    clearTimeout(this.#timer);
    this.#end();
    for (const burst of this.#talkIds.keys()) this.#ports.forgotten(burst);
    this.#talkIds.clear();
    this.#ports.changed();
  }

  /** Whether the media of this input may pass. */
  #do(input: FloorInput): boolean {
    const nowMs = Date.now();
    const { floor, said, relays } = step(this.#floor, input, { nowMs, timers: floorTimers });
    this.#floor = floor;
    if (floor.talk?.talkId !== this.#burst?.talkId || floor.talk?.participantId !== this.#burst?.talker.participantId)
      this.#end();
    for (const one of said) this.#say(one, nowMs);
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
    if (message.kind === 'granted' && 'to' in said) this.#begin(said.to, message, nowMs);
    const word = this.#wordOf(message);
    if ('to' in said) this.#members.get(said.to)?.say(word);
    else for (const [id, member] of this.#members) if (id !== said.allBut) member.say(word);
  }

  /** Of two that are granted in one step, because a timer came late, the first is over before it has begun. */
  #begin(participantId: string, { talkId, isEmergency }: Granted, atMs: number): void {
    const talker = this.#members.get(participantId);
    if (talker === undefined || (this.#burst?.talkId === talkId && this.#burst.talker === talker)) return;
    this.#end();
    const recordingId = numberOf('RKM');
    this.#burst = { burst: this.#ports.nextBurst(), recordingId, talkId, talker, isEmergency, atMs };
    this.#heard = unheard;
    this.#remember(this.#burst);
    this.#ports.begun(this.#burst);
    this.#ports.changed();
  }

  #remember({ burst, talkId }: Burst): void {
    this.#talkIds.set(burst, talkId);
    const [oldest] = this.#talkIds.keys();
    if (this.#talkIds.size <= REMEMBERED || oldest === undefined) return;
    this.#talkIds.delete(oldest);
    this.#ports.forgotten(oldest);
  }

  #end(): void {
    const ended = this.#burst;
    if (ended === undefined) return;
    this.#burst = undefined;
    this.#ports.ended(ended);
    this.#ports.changed();
  }

  #wordOf(message: FloorMessage): VoiceWord {
    const { groupId } = this;
    const burst = this.#burst?.burst ?? 0;
    if (message.kind === 'granted') {
      const { talkId, forMs, listeners } = message;
      return { kind: 'granted', groupId, burst, talkId, forMs, listeners };
    }
    if (message.kind !== 'taken') return { ...message, groupId };
    const { by: participantId, isEmergency } = message;
    const principalId = this.#burst?.talker.principalId ?? '';
    const sinceMs = this.#burst?.atMs ?? 0;
    const drill = this.#burst?.talker.exercise === true ? { exercise: true as const } : {};
    return { kind: 'taken', groupId, burst, by: { participantId, principalId }, isEmergency, sinceMs, ...drill };
  }
}
