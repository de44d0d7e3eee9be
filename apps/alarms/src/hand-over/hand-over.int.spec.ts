import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListHandOvers, WriteHandOver, type Client } from '@siaga/contracts';
import { randomCities } from '@siaga/testing';
import { startTestAlarms, type TestAlarms } from '../alarms.harness.ts';
import { handOvers } from './hand-over-document.ts';

const [city = ''] = randomCities(1);
const agency = 'dishub' as const;
let desk: TestAlarms;
let sari: Client;
let budi: Client;

beforeAll(async () => {
  desk = await startTestAlarms(city);
  sari = await desk.as({ id: 'sari-1234' });
  budi = await desk.as({ id: 'budi-1234' });
});
afterAll(() => desk.close());

describe('the hand-over note', () => {
  it('is one per shift; whoever writes over another without having seen it is told so, and nothing is lost', async () => {
    const text = 'Penyulang Pilang masih padam.\nPLN: tiket 4471, kata mereka pukul 21.';
    const first = await sari(WriteHandOver, { body: { agency, text } });
    expect(first).toMatchObject({ text, by: 'sari-1234', former: [], version: 1 });
    const blind = budi(WriteHandOver, { body: { agency, text: 'aman' } });
    await expect(blind).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('sari-1234') });
    const second = await budi(WriteHandOver, { body: { agency, text: 'aman', version: first.version } });
    expect(second).toMatchObject({ text: 'aman', by: 'budi-1234', former: [{ text, by: 'sari-1234' }] });
    const late = sari(WriteHandOver, { body: { agency, text: 'belum', version: first.version } });
    await expect(late).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('budi-1234') });
    expect((await sari(ListHandOvers, { query: { agency } })).items).toEqual([second]);
  });

  it('of former shifts stays, newest first', async () => {
    const former = ['2026-01-02/0', '2026-01-02/2', '2026-01-01/2'];
    for (const shift of former)
      await desk.documents((store) =>
        store.create(handOvers, {
          ...{
            _id: `${agency}/${shift}`,
            agency,
            day: shift.slice(0, 10),
            shift: 'malam',
            text: shift,
            by: 'x',
            atMs: 1,
          },
          ...{ former: [], writtenAt: new Date() },
        }),
      );
    const { items, next } = await sari(ListHandOvers, { query: { agency, limit: 2 } });
    const rest = await sari(ListHandOvers, { query: { agency, after: next } });
    expect([...items, ...rest.items].slice(1).map(({ text }) => text)).toEqual([
      '2026-01-02/2',
      '2026-01-02/0',
      '2026-01-01/2',
    ]);
  });

  it('is for its agency and the room', async () => {
    const stranger = await desk.as({ agencies: ['dlh'] });
    const room = await desk.as({ agencies: ['command'] });
    await expect(stranger(ListHandOvers, { query: { agency } })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(stranger(WriteHandOver, { body: { agency, text: 'x' } })).rejects.toMatchObject({ kind: 'not-found' });
    expect((await room(ListHandOvers, { query: { agency } })).items.length).toBeGreaterThan(0);
  });
});
