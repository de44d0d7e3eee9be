import { describe, expect, it } from '@jest/globals';
import { findThings, streetIndex } from './street-index.ts';

const lamps = Array.from({ length: 7000 }, (_, index) => ({
  lampId: `PJU-${String(index).padStart(4, '0')}`,
  panelId: `APP-${String(index % 300)}`,
}));
// as a stream brings them: in no order
lamps.reverse();
const index = streetIndex({
  cameras: [
    { cameraId: 'CCTV-01', name: 'Simpang Flora' },
    { cameraId: 'CCTV-12', name: 'Alun-alun' },
  ],
  panels: [{ panelId: 'APP-12', idpel: '513010012345', road: 'Jl. Soekarno-Hatta' }, { panelId: 'APP-13' }],
  lamps,
});
const found = (search: string) => findThings(index, search).items.map(({ kind, key }) => `${kind}:${key}`);

describe('things of the street', () => {
  it('are found by id, name, IDPEL and road, spaces, dashes and capitals aside', () => {
    expect(found('pju 0142')).toEqual(['lamp:PJU-0142']);
    expect(found('flora')).toEqual(['camera:CCTV-01']);
    expect(found('alun alun')).toEqual(['camera:CCTV-12']);
    expect(found('0012345')).toEqual(['panel:APP-12']);
    expect(found('soekarno')).toEqual(['panel:APP-12']);
  });

  it('come in order: what begins with it before what contains it, few things before many', () => {
    expect(found('12')).toEqual([...['camera:CCTV-12', 'panel:APP-12', 'lamp:PJU-0012', 'lamp:PJU-0112'], ...['lamp:PJU-0120', 'lamp:PJU-0121']]); // prettier-ignore
    expect(found('app1')[0]).toBe('panel:APP-12');
  });

  it('are told by their number where there are more than one reads', () => {
    const { items, more } = findThings(index, 'pju');
    expect(items).toHaveLength(6);
    expect(more).toBe(7000 - 6);
  });

  it('need two letters, and no search runs across two words of a thing', () => {
    expect(found('p')).toEqual([]);
    expect(found(' - ')).toEqual([]);
    expect(found('12513010')).toEqual([]);
  });
});
