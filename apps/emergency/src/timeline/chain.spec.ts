import { expect, it } from '@jest/globals';
import type { IncidentLogged } from '@siaga/contracts';
import fc from 'fast-check';
import { incidentOf } from '../incidents/incident-document.ts';
import { incidentWith } from '../incidents/incident.harness.ts';
import { sealed, verified, type ExportFile } from './chain.ts';
import { inOrder } from './line-order.ts';

const line = (change: string, atMs: number): IncidentLogged => ({
  ...{ entryId: `INS-00000001#${change}`, step: 'noted', by: 'p1', atMs, words: 'Ibu hamil\n"8 bulan"', agencies: [] },
});
const lines = ['1', '2', '2.1', '10'].map((change, at) => line(change, at * 1000));
const file = sealed({ incident: incidentOf(incidentWith()), exportedAtMs: 9000, by: 'p1' }, lines);

it('is whole as it was sealed, also when its keys come in another order', () => {
  expect(verified(file)).toBe('whole');
  const turned = JSON.parse(JSON.stringify(file), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  ) as ExportFile;
  expect(verified(turned)).toBe('whole');
});

it('shows any line that was changed, left out, added or moved, also the last, and any change beside them', () => {
  const { timeline } = file;
  fc.assert(
    fc.property(fc.nat(lines.length - 1), fc.nat(lines.length - 1), (at, other) => {
      const changed = timeline.map((one, here) => (here === at ? { ...one, entry: { ...one.entry, by: 'p2' } } : one));
      expect(verified({ ...file, timeline: changed })).toBe(at);
      expect(verified({ ...file, timeline: timeline.toSpliced(at, 1) })).not.toBe('whole');
      expect(verified({ ...file, timeline: timeline.toSpliced(at, 0, ...timeline.slice(other, other + 1)) })).not.toBe('whole'); // prettier-ignore
      expect(verified({ ...file, exportedAtMs: 9001 })).toBe('head');
    }),
  );
});

it('puts lines in the order in which things happened', () => {
  const same = ['10', '2.1', '2', '2.10', '2.2'].map((change) => line(change, 5));
  expect(inOrder([line('1', 9), ...same]).map(({ entryId }) => entryId.split('#')[1])).toEqual([
    ...['2', '2.1', '2.2', '2.10', '10', '1'],
  ]);
});
