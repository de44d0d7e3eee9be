import { expect, it } from '@jest/globals';
import { withoutCities } from './metrics.ts';

it('figures of another city are left out, by city and by the names of its groups', () => {
  const lines = [
    '# TYPE screens gauge',
    'screens{city="3573"} 1',
    'screens{city="3574"} 2',
    'lag{group="3573.waste.MarkerProjection.recorded"} 3',
    'lag{group="3574.waste.MarkerProjection.recorded"} 4',
    'reports{protocol="osmand"} 35745',
  ];
  expect(withoutCities(lines.join('\n'), ['3574']).split('\n')).toEqual(
    lines.filter((line) => !line.includes('"3574')),
  );
  expect(withoutCities(lines.join('\n'), [])).toBe(lines.join('\n'));
});
