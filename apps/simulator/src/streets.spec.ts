import { describe, expect, it } from '@jest/globals';
import { distanceM, outline, polygonsContain } from '@siaga/geo';
import { fleet } from './fleet.ts';
import { route } from './route.ts';
import { placeOf, streets } from './streets.ts';

describe('the simulated streets', () => {
  it('never leave the city', () => {
    const lines = [...streets().values()].flat().flatMap(({ line }) => line);
    expect(lines.filter((place) => !polygonsContain(outline().polygons, place))).toEqual([]);
  });

  it('are the same both ways', () => {
    for (const [from, ways] of streets()) {
      for (const way of ways) {
        const back = streets()
          .get(way.to)
          ?.find(({ to }) => to === from);
        expect(back?.line).toEqual(way.line.toReversed());
      }
    }
  });

  it('join every crossing to the garage, by a way at most twice as long as the straight line and some blocks', () => {
    for (const crossing of streets().keys()) {
      const line = route('garasi-dlh', crossing);
      const metres = line.slice(1).reduce((sum, place, index) => sum + distanceM(line[index]!, place), 0);
      const straight = distanceM(placeOf('garasi-dlh'), placeOf(crossing));
      expect(metres).toBeLessThanOrEqual(2 * straight + 1000);
      if (crossing !== 'garasi-dlh') expect(line.at(-1)).toEqual(placeOf(crossing));
    }
  });

  it('know every stop of every beat', () => {
    for (const stop of fleet.flatMap(({ beat }) => beat)) expect(placeOf(stop).lat).toBeLessThan(0);
    expect(() => placeOf('nowhere')).toThrow('nowhere is no crossing');
  });
});
