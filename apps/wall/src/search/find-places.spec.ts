import { describe, expect, it } from '@jest/globals';
import { findPlaces } from './find-places.ts';

describe('places by name', () => {
  it('are kelurahan and places of the gazetteer', () => {
    const names = findPlaces('kanigaran').map(({ name }) => name);
    expect(names).toEqual(['Kanigaran', 'Puskesmas Kanigaran']);
  });

  it('say when a position is a guess', () => {
    expect(findPlaces('tpa')[0]).toMatchObject({ name: 'TPA Bestari', approximate: true });
  });

  it('need two letters', () => {
    expect(findPlaces('k')).toEqual([]);
    expect(findPlaces(' ')).toEqual([]);
  });
});
