import { randomInt } from 'node:crypto';
import type { VoiceFrame, VoiceRequest } from '@siaga/contracts';
import { standingIn, type Group } from '../groups/group-rules.ts';
import type { Groups } from '../groups/groups.ts';
import type { DistressOnAir } from '../distress/distress-on-air.ts';
import type { FloorBoard } from '../groups/floor-board.ts';
import type { BurstRecorder } from '../recordings/burst-recorder.ts';
import type { AirParts } from './air-parts.ts';
import { GroupRoom, type Burst, type RoomPorts } from './group-room.ts';
import { closeCodes, type VoiceLink } from './voice-link.ts';

/** Groups one link may be in: an agency, all-call and incidents; a dispatcher listens to many. */
const MOST_GROUPS = 32;
/** Phones of one sign-in: a post gives its own to a whole shift, and one sign-in fills no city's line. */
const MOST_OF_ONE = 40;

const CLOSED = 'grup ini sudah ditutup untuk Anda · this group is closed to you';

type Request<Kind extends VoiceRequest['kind']> = Extract<VoiceRequest, { kind: Kind }>;

/** The air of one city: its rooms, and who is on the line. */
export class CityAir {
  readonly #city: string;
  readonly #groups: Groups;
  readonly #recorder: BurstRecorder;
  readonly #board: FloorBoard;
  readonly #distress: DistressOnAir;
  readonly #rooms = new Map<string, GroupRoom>();
  readonly #links = new Map<string, VoiceLink>();
  readonly #burstRooms = new Map<number, GroupRoom>();
  #isCutOff = false;
  // a number of the process before means nothing
  #lastBurst = randomInt(1, 0x7fffffff);

  constructor(city: string, parts: AirParts) {
    this.#city = city;
    this.#groups = parts.groups;
    this.#recorder = parts.recorder;
    this.#board = parts.board;
    this.#distress = parts.distress;
  }

  get links(): readonly VoiceLink[] {
    return [...this.#links.values()];
  }

  /** Comes on the line; the one before of the same phone goes, and of too many of one person the first. */
  enter(link: VoiceLink): void {
    const before = this.#links.get(link.participantId);
    if (before !== undefined) {
      this.leave(before);
      before.close(closeCodes.replaced);
    }
    const [first, ...others] = this.links.filter(({ principalId }) => principalId === link.principalId);
    if (first !== undefined && others.length + 1 >= MOST_OF_ONE) {
      this.leave(first);
      first.close(closeCodes.replaced);
    }
    this.#links.set(link.participantId, link);
    link.say({ kind: 'welcome', participantId: link.participantId });
  }

  /** Whoever talks lets go by it. */
  leave(link: VoiceLink): void {
    if (this.#links.get(link.participantId) !== link) return;
    this.#links.delete(link.participantId);
    for (const room of this.#rooms.values()) room.leave(link.participantId);
  }

  /** Whether it has a floor now. */
  talks(link: VoiceLink): boolean {
    return [...this.#rooms.values()].some(({ burst }) => burst?.talker === link);
  }

  join(link: VoiceLink, { groupId }: Request<'join'>): void {
    const group = this.#groups.find(this.#city, groupId);
    const standing = group === undefined ? undefined : standingIn(group, link.principal);
    if (group === undefined || standing === undefined) {
      link.say({ kind: 'refused', groupId, detail: 'grup ini tidak ada, atau bukan untuk Anda · no such group, or not for you' }); // prettier-ignore
      return;
    }
    const isIn = [...this.#rooms.values()].filter((room) => room.members.includes(link)).length;
    if (isIn >= MOST_GROUPS) {
      link.say({ kind: 'refused', groupId, detail: `paling banyak ${String(MOST_GROUPS)} grup sekaligus · at most ${String(MOST_GROUPS)} groups at once` }); // prettier-ignore
      return;
    }
    this.#roomOf(group).join(link, standing);
  }

  part(link: VoiceLink, { groupId }: Request<'leave'>): void {
    this.#rooms.get(groupId)?.leave(link.participantId);
  }

  request(link: VoiceLink, { groupId, talkId, isEmergency, place }: Request<'request'>): void {
    link.place = place;
    const room = this.#rooms.get(groupId);
    if (room?.members.includes(link) !== true) {
      link.say({ kind: 'deny', groupId, talkId, cause: 'not-in-group' });
      return;
    }
    // a drill cuts off nobody who says something in earnest
    const isBesideReal = link.exercise && room.burst?.talker.exercise === false;
    const isMeant = isEmergency === true && !isBesideReal && this.#distress.isMeant(link.principal, groupId);
    room.request(link.participantId, { talkId, isEmergency: isMeant });
  }

  release(link: VoiceLink, { groupId, talkId }: Request<'release'>): void {
    this.#rooms.get(groupId)?.release(link.participantId, talkId);
  }

  voice(link: VoiceLink, frame: VoiceFrame, packet: Uint8Array): void {
    this.#burstRooms.get(frame.burst)?.voice(link.participantId, frame, packet);
  }

  /** A group may have opened, closed, or got other people. */
  look(groupId: string): void {
    const room = this.#rooms.get(groupId);
    if (room === undefined) return;
    const isThere = this.#groups.find(this.#city, groupId) !== undefined;
    const { members } = room;
    if (!isThere) {
      room.close(); // first: nobody of the queue is granted a floor that ends with the next word
      this.#rooms.delete(groupId);
    }
    for (const member of members) {
      const link = this.#links.get(member.participantId);
      if (link !== undefined && isThere) this.#judge(link, room);
      else link?.say({ kind: 'refused', groupId, detail: CLOSED });
    }
  }

  /** Somebody is somebody else now: what he may do in the groups he is in. */
  lookAt(link: VoiceLink): void {
    for (const room of this.#rooms.values()) if (room.members.includes(link)) this.#judge(link, room);
  }

  /** Another process speaks for the city: what is told of it now is that one's. */
  cutOff(): void {
    this.#isCutOff = true;
    this.close();
    this.#isCutOff = false;
  }

  /** This process ends: nobody is on the line any more. */
  close(): void {
    for (const room of this.#rooms.values()) room.close();
    for (const link of this.links) link.close(closeCodes.restart);
    this.#links.clear();
    this.#rooms.clear();
    this.#burstRooms.clear();
  }

  #judge(link: VoiceLink, room: GroupRoom): void {
    const { groupId } = room;
    const group = this.#groups.find(this.#city, groupId);
    const standing = group === undefined ? undefined : standingIn(group, link.principal);
    if (standing !== undefined) {
      room.join(link, standing);
      return;
    }
    room.leave(link.participantId);
    link.say({ kind: 'refused', groupId, detail: CLOSED });
  }

  #roomOf(group: Group): GroupRoom {
    const held = this.#rooms.get(group.groupId);
    if (held !== undefined) return held;
    const room: GroupRoom = new GroupRoom(
      group.groupId,
      this.#portsOf(group, () => room),
    );
    this.#rooms.set(group.groupId, room);
    return room;
  }

  #portsOf(group: Group, roomOf: () => GroupRoom): RoomPorts {
    return {
      nextBurst: () => {
        this.#lastBurst = (this.#lastBurst % 0xffffffff) + 1;
        this.#burstRooms.set(this.#lastBurst, roomOf());
        return this.#lastBurst;
      },
      begun: (burst) => {
        const { recordingId, talker, isEmergency, atMs: startedAtMs } = burst;
        const { groupId, agencies } = this.#groups.find(this.#city, group.groupId) ?? group;
        const { principalId, exercise, place } = talker;
        this.#recorder.begin(this.#city, { recordingId, groupId, agencies, principalId, exercise, isEmergency, startedAtMs, place }); // prettier-ignore
      },
      forgotten: (burst) => {
        this.#burstRooms.delete(burst);
      },
      packet: ({ recordingId }, packet) => {
        this.#recorder.take(recordingId, packet);
      },
      ended: (burst) => {
        void this.#keep(group.groupId, burst);
      },
      changed: () => {
        if (!this.#isCutOff)
          this.#board.show(this.#city, this.#groups.find(this.#city, group.groupId) ?? group, roomOf());
      },
    };
  }

  async #keep(groupId: string, { recordingId, talkId, talker }: Burst): Promise<void> {
    const kept = await this.#recorder.end(recordingId);
    if (kept !== undefined) talker.say({ kind: 'sent', groupId, talkId, recordingId, heardMs: kept.durationMs ?? 0 });
  }
}
