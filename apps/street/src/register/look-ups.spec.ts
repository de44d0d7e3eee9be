import { describe, expect, it } from '@jest/globals';
import { serviceContext, withContext } from '@siaga/service';
import { lampKind } from '../lamps/lamp-kind.ts';
import { panelKind } from '../panels/panel-kind.ts';
import type { StoredThing } from './kind.ts';
import { LookUps } from './look-ups.ts';

function lookUps() {
  const asked: string[] = [];
  const look = new LookUps((kind, ids) => {
    asked.push(`${kind.name}: ${ids.join(' ')}`);
    if (ids.includes('broken')) return Promise.reject(new Error('no store'));
    const there = ids.filter((id) => id !== 'gone').map((_id) => [_id, { _id } as StoredThing] as const);
    return Promise.resolve(new Map(there));
  });
  const inCity = <Result>(run: () => Result, city = '3574') => withContext(serviceContext(city), run);
  const lamps = (...ids: string[]) => inCity(() => Promise.all(ids.map((id) => look.one(lampKind, id))));
  return { asked, look, inCity, lamps };
}

describe('what is asked for in one turn', () => {
  it('is asked for once', async () => {
    const { asked, lamps } = lookUps();
    expect(await lamps('L1', 'gone', 'L2', 'L1')).toEqual([{ _id: 'L1' }, undefined, { _id: 'L2' }, { _id: 'L1' }]);
    expect(asked).toEqual([`${lampKind.name}: L1 gone L2`]);
    expect(await lamps('L3')).toEqual([{ _id: 'L3' }]);
    expect(asked).toHaveLength(2);
  });

  it('is asked for by register and city', async () => {
    const { asked, look, inCity } = lookUps();
    await Promise.all([
      inCity(() => look.one(lampKind, 'X')),
      inCity(() => look.one(panelKind, 'X')),
      inCity(() => look.one(lampKind, 'Y'), '3573'),
    ]);
    expect(asked).toEqual([`${lampKind.name}: X`, `${panelKind.name}: X`, `${lampKind.name}: Y`]);
  });

  it('fails together, and is asked for again', async () => {
    const { lamps } = lookUps();
    const both = await Promise.allSettled([lamps('L1'), lamps('broken')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await lamps('L1')).toEqual([{ _id: 'L1' }]);
  });
});
