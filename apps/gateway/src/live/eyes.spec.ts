import { describe, expect, it } from '@jest/globals';
import { Agency, FieldClass, type Asker } from '@siaga/contracts';
import { classesIn, eyesOf, maskOf, sightIn } from './eyes.ts';

const NOW_MS = 1000;
const eyes = (who: Partial<Asker>) => eyesOf({ roles: ['viewer'], agencies: [], ...who }, NOW_MS);
const sees = (who: Partial<Asker>) => [...classesIn(sightIn(eyes(who)))].toSorted();
const seesOf = (who: Partial<Asker>) => Agency.options.filter((agency) => (eyes(who) & maskOf([agency])) !== 0);

describe('eyes', () => {
  it('see what is of their agencies; an administrator of the city all of it, but not what is for nobody', () => {
    expect(seesOf({ agencies: ['dlh', 'polres'] })).toEqual(['dlh', 'polres']);
    expect(seesOf({})).toEqual([]);
    expect(seesOf({ roles: ['city-admin'] })).toEqual(Agency.options);
    expect(eyes({ roles: ['city-admin'] }) & maskOf([])).toBe(0);
  });

  it('see the fields their roles see, and others until their time is over', () => {
    const reveal = (untilMs: number): Partial<Asker> => ({ reveal: { classes: ['health'], untilMs } });
    expect([sees({}), sees({ agencies: Agency.options }), sees({ roles: ['city-admin'] })]).toEqual([[], [], []]);
    expect(sees({ roles: ['dispatcher'], agencies: ['dinkes'] })).toEqual([...FieldClass.options].toSorted());
    expect(sees({ roles: ['dispatcher'], agencies: ['dishub'] })).toEqual(['personal']);
    expect([sees(reveal(NOW_MS + 1)), sees(reveal(NOW_MS))]).toEqual([['health'], []]);
  });

  it('differ whenever what they see differs, and fit into a number of bits', () => {
    const classes: FieldClass[][] = [[], ['personal'], ['health'], ['personal', 'health']];
    const agencies: Agency[][] = [[], ...Agency.options.map((agency) => [agency]), [...Agency.options]];
    const all = agencies.flatMap((of) =>
      classes.map((uncovered) => eyes({ agencies: of, reveal: { classes: uncovered, untilMs: Infinity } })),
    );
    expect(new Set(all).size).toBe(all.length);
    expect(Agency.options.length + FieldClass.options.length).toBeLessThan(31);
  });
});
