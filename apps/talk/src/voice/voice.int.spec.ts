import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeVoice, TalkFloorChanged } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { once } from 'node:events';
import { CITY, packetOf, startTestTalk, type Phone, type TestTalk } from '../talk.harness.ts';

let talk: TestTalk;
const open: Phone[] = [];

beforeAll(async () => {
  talk = await startTestTalk();
  await talk.bus.table(TalkFloorChanged).ready;
});
afterAll(async () => {
  for (const phone of open) phone.socket.terminate();
  await talk.close();
});

/** Phones of so many officers, in a group. */
async function inGroup(groupId: string, ...ids: string[]): Promise<Phone[]> {
  const phones = await Promise.all(ids.map((id) => talk.phone({ id })));
  open.push(...phones);
  for (const phone of phones) phone.join(groupId);
  await eventually(() => {
    for (const phone of phones)
      expect(phone.words.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining([expect.stringMatching(/idle|taken/)]),
      );
  });
  return phones;
}

const granted = (phone: Phone, talkId: string) =>
  eventually(() => {
    const word = phone.last('granted');
    expect(word.talkId).toBe(talkId);
    return word;
  });

const floorOf = (groupId: string) => talk.bus.table(TalkFloorChanged, CITY).get(groupId);

describe('one group on the air', () => {
  it('gives the floor to one, and his voice to all the others, unchanged and in order', async () => {
    const [ali, budi, citra] = (await inGroup('satpolpp', 'ali-00001', 'budi-0001', 'citra-001')) as [
      Phone,
      Phone,
      Phone,
    ];
    ali.press('satpolpp', 'press-ali-1');
    const { burst, listeners } = await granted(ali, 'press-ali-1');
    expect(listeners).toBe(2);
    await eventually(() => {
      expect(budi.last('taken')).toMatchObject({ by: { principalId: 'ali-00001' }, isEmergency: false, burst });
      expect(floorOf('satpolpp')).toMatchObject({ participants: 3, talk: { principalId: 'ali-00001' } });
    });
    ali.speak(burst, { to: 100 });
    await eventually(() => {
      for (const listener of [budi, citra])
        expect(listener.packets).toEqual(Array.from({ length: 100 }, (_, sequence) => packetOf({ burst, sequence })));
    });
    expect(ali.packets).toEqual([]);
    ali.release('satpolpp', 'press-ali-1');
    await eventually(() => {
      expect(ali.last('sent')).toMatchObject({ talkId: 'press-ali-1', heardMs: 2000 });
      expect(budi.words.at(-1)?.kind).toBe('idle');
      expect(floorOf('satpolpp')).not.toHaveProperty('talk');
    });
  });

  it('grants one of fifty presses, tells the others their places, and then grants them in turn', async () => {
    const ids = Array.from({ length: 50 }, (_, at) => `petugas-dishub-${String(at)}`);
    const phones = await Promise.all(ids.map((id) => talk.phone({ id, agencies: ['dishub'] })));
    open.push(...phones);
    for (const phone of phones) phone.join('dishub');
    await eventually(() => {
      for (const phone of phones) phone.last('idle');
    });
    phones.forEach((phone, at) => {
      phone.press('dishub', `press-number-${String(at)}`);
    });
    const places = await eventually(() => {
      const told = phones.map((phone) =>
        phone.words.findLast(({ kind }) => kind === 'granted' || kind === 'queue-position'),
      );
      expect(told).not.toContain(undefined);
      return told.map((word) => (word?.kind === 'queue-position' ? word.position : 0));
    });
    expect(places.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 50 }, (_, at) => at));
    const second = phones[places.indexOf(1)] as Phone;
    const first = phones[places.indexOf(0)] as Phone;
    first.release('dishub', `press-number-${String(places.indexOf(0))}`);
    await granted(second, `press-number-${String(places.indexOf(1))}`);
  });

  it('an emergency takes the floor of a normal burst, and never that of another emergency', async () => {
    const [ali, budi, citra] = (await inGroup('satpolpp', 'ali-00002', 'budi-0002', 'citra-002')) as [
      Phone,
      Phone,
      Phone,
    ];
    ali.press('satpolpp', 'press-ali-2');
    await granted(ali, 'press-ali-2');
    budi.press('satpolpp', 'press-budi-2', true);
    const { burst } = await granted(budi, 'press-budi-2');
    await eventually(() => {
      expect(ali.last('revoke')).toMatchObject({ talkId: 'press-ali-2', cause: 'media-burst-pre-empted' });
      expect(citra.last('taken')).toMatchObject({ by: { principalId: 'budi-0002' }, isEmergency: true, burst });
    });
    citra.press('satpolpp', 'press-citra-2', true);
    await eventually(() => {
      expect(citra.last('queue-position')).toMatchObject({ talkId: 'press-citra-2', position: 1 });
    });
    budi.release('satpolpp', 'press-budi-2');
    await granted(citra, 'press-citra-2');
    citra.release('satpolpp', 'press-citra-2');
  });

  it('frees the floor of a talker whose link dies within 2 s, and of one who says nothing any more', async () => {
    const [ali, budi] = (await inGroup('satpolpp', 'ali-00003', 'budi-0003')) as [Phone, Phone];
    ali.press('satpolpp', 'press-ali-3');
    await granted(ali, 'press-ali-3');
    budi.press('satpolpp', 'press-budi-3');
    ali.socket.pause(); // its process still has it, and nothing comes out of it
    await eventually(() => {
      expect(budi.last('granted').talkId).toBe('press-budi-3');
    }, 2000);
    expect(ali.words.map(({ kind }) => kind)).toContain('granted');
    budi.release('satpolpp', 'press-budi-3');
  });

  it('tells who comes late who talks, and lets him hear the rest', async () => {
    const [ali] = (await inGroup('satpolpp', 'ali-00004')) as [Phone];
    ali.press('satpolpp', 'press-ali-4');
    const { burst } = await granted(ali, 'press-ali-4');
    ali.speak(burst, { to: 10 });
    const [late] = (await inGroup('satpolpp', 'late-0004')) as [Phone];
    expect(late.last('taken')).toMatchObject({ by: { principalId: 'ali-00004' }, burst });
    ali.speak(burst, { from: 10, to: 20 });
    await eventually(() => {
      expect(late.packets.map((packet) => decodeVoice(packet)?.sequence)).toEqual([
        10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
      ]);
    });
    ali.release('satpolpp', 'press-ali-4');
  });
});

describe('hostile frames', () => {
  it('without permission, replayed, or of another’s burst: nobody hears them, and their sender is told once', async () => {
    const [ali, mallory, budi] = (await inGroup('satpolpp', 'ali-00005', 'mallory-5', 'budi-0005')) as [
      Phone,
      Phone,
      Phone,
    ];
    ali.press('satpolpp', 'press-ali-5');
    const { burst } = await granted(ali, 'press-ali-5');
    mallory.speak(burst, { to: 20 });
    ali.speak(burst, { to: 5 });
    ali.speak(burst, { to: 5 });
    ali.speak(burst, { from: 5, to: 6 });
    await eventually(() => {
      expect(budi.packets.map((packet) => decodeVoice(packet)?.sequence)).toEqual([0, 1, 2, 3, 4, 5]);
      expect(mallory.words.filter(({ kind }) => kind === 'revoke')).toHaveLength(1);
    });
    ali.release('satpolpp', 'press-ali-5');
  });

  it('too large, of another form, too many, or without a hello: their link is ended, and nobody else’s', async () => {
    const [ali] = (await inGroup('satpolpp', 'ali-00006')) as [Phone];
    const ends: ((phone: Phone) => void)[] = [
      (phone) => phone.socket.send(new Uint8Array(700).fill(1)),
      (phone) => phone.socket.send(new Uint8Array(64 * 1024)),
      (phone) => phone.socket.send('{"kind":"granted"}'),
      (phone) => phone.socket.send('{"kind":"join","groupId":"../x"}'),
      (phone) => {
        for (let at = 0; at < 200; at += 1) phone.join('satpolpp');
      },
    ];
    for (const end of ends) {
      const phone = await talk.phone({ id: 'mallory-6' });
      end(phone);
      await eventually(() => {
        expect(phone.closed).toBeDefined();
      });
    }
    const stranger = talk.socket();
    await once(stranger, 'open');
    stranger.send(JSON.stringify({ kind: 'join', groupId: 'satpolpp' }));
    const [code] = (await once(stranger, 'close')) as [number];
    expect(code).toBe(4002);
    expect(ali.closed).toBeUndefined();
  });

  it('one identity on two phones is two members; the same phone twice is one, the later', async () => {
    const [one, two] = (await inGroup('satpolpp', 'ali-00007', 'ali-00007')) as [Phone, Phone];
    const first = await talk.phone({ id: 'ali-00008' }, 'device-of-ali-8');
    const again = await talk.phone({ id: 'ali-00008' }, 'device-of-ali-8');
    // another's device id makes nobody him
    const thief = await talk.phone({ id: 'mallory-8' }, 'device-of-ali-8');
    open.push(first, again, thief);
    await eventually(() => {
      expect(first.closed).toBe(4001);
    });
    expect([one.closed, two.closed, again.closed, thief.closed]).toEqual([undefined, undefined, undefined, undefined]);
    expect(again.last('welcome')).toEqual(first.last('welcome'));
    expect(thief.last('welcome')).not.toEqual(again.last('welcome'));
  });

  it('a ticket that is none, or a group of others, opens nothing', async () => {
    const stranger = talk.socket();
    await once(stranger, 'open');
    stranger.send(JSON.stringify({ kind: 'hello', ticket: 'none', deviceId: 'device-0001' }));
    const [code] = (await once(stranger, 'close')) as [number];
    expect(code).toBe(4003);
    const phone = await talk.phone({ agencies: ['dlh'] });
    open.push(phone);
    phone.join('satpolpp');
    await eventually(() => {
      expect(phone.last('refused')).toMatchObject({ groupId: 'satpolpp' });
    });
  });
});
