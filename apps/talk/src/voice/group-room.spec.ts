import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { decodeVoice, MOST_VOICE_PACKETS, type VoiceCodec, type VoiceWord } from '@siaga/contracts';
import { floorTimers } from '../floor/floor.ts';
import { packetOf } from '../talk.harness.ts';
import { GroupRoom, type Burst, type Member } from './group-room.ts';

class Officer implements Member {
  readonly words: VoiceWord[] = [];
  readonly heard: number[] = [];
  readonly exercise = false;
  readonly participantId: string;
  readonly principalId: string;

  constructor(id: string) {
    this.participantId = id;
    this.principalId = id;
  }

  say(word: VoiceWord): void {
    this.words.push(word);
  }
  hear(packet: Uint8Array): void {
    this.heard.push(decodeVoice(packet)?.sequence ?? -1);
  }
  /** The number of his newest grant. */
  get burst(): number {
    const word = this.words.findLast(({ kind }) => kind === 'granted');
    return word?.kind === 'granted' ? word.burst : 0;
  }
}

/** A room with three officers in it, and what it told of its bursts. */
function aRoom() {
  const told = { begun: [] as string[], kept: [] as number[], ended: [] as string[], forgotten: [] as number[] };
  let last = 0;
  const room = new GroupRoom('satpolpp', {
    nextBurst: () => (last += 1),
    begun: ({ talkId }) => told.begun.push(talkId),
    packet: (_: Burst, packet) => told.kept.push(decodeVoice(packet)?.sequence ?? -1),
    forgotten: (burst) => told.forgotten.push(burst),
    ended: ({ talkId }) => told.ended.push(talkId),
    changed: () => undefined,
  });
  const officers = ['a', 'b', 'c'].map((id) => new Officer(id)) as [Officer, Officer, Officer];
  for (const officer of officers) room.join(officer, { rank: 1, mayTalk: true });
  const press = ({ participantId }: Officer, talkId: string, isEmergency = false) => {
    room.request(participantId, { talkId, isEmergency });
  };
  const speak = (officer: Officer, sequence: number, codec: VoiceCodec = 'opus') => {
    const packet = packetOf({ burst: officer.burst, sequence, codec });
    const frame = decodeVoice(packet);
    if (frame !== undefined) room.voice(officer.participantId, frame, packet);
  };
  return { room, told, officers, press, speak };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a room', () => {
  it('hears the last of two that are granted in one step, because a timer came late', () => {
    const { room, told, officers, press, speak } = aRoom();
    const [ali, budi, citra] = officers;
    press(ali, 'press-a');
    press(budi, 'press-b');
    press(citra, 'press-c');
    jest.setSystemTime(Date.now() + floorTimers.endOfMediaMs); // and its timer has not fired
    room.release('b', 'press-b');
    expect(told).toMatchObject({ begun: ['press-a', 'press-b', 'press-c'], ended: ['press-a', 'press-b'] });
    expect(ali.words.at(-1)).toMatchObject({ kind: 'taken', burst: citra.burst, by: { participantId: 'c' } });
    speak(citra, 0);
    expect([ali.heard, budi.heard, told.kept]).toEqual([[0], [0], [0]]);
  });

  it('hears nothing that no recording keeps: beyond the longest burst, or coded otherwise than it began', () => {
    const { told, officers, press, speak } = aRoom();
    const [ali, budi] = officers;
    press(ali, 'press-a');
    speak(ali, 0);
    speak(ali, 1, 'pcm');
    speak(ali, MOST_VOICE_PACKETS);
    speak(ali, 2);
    expect(budi.heard).toEqual([0, 2]);
    expect(told.kept).toEqual([0, 2]);
  });

  it('forgets bursts by and by, and all of them when it closes', () => {
    const { room, told, officers, press } = aRoom();
    const [ali] = officers;
    for (let at = 1; at <= 40; at += 1) {
      press(ali, `press-${String(at)}`);
      room.release('a', `press-${String(at)}`);
    }
    expect(told.forgotten).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    room.close();
    expect(told.forgotten).toHaveLength(40);
  });
});
