import { expect, it } from '@jest/globals';
import type { Agency } from '@siaga/contracts';
import { holdersByAgency } from './holders.ts';

const person = (displayName: string | undefined, ...agencies: Agency[]) => ({
  principalId: `id-of-${displayName ?? 'nobody'}`,
  agencies,
  ...(displayName === undefined ? {} : { displayName }),
});

it('whom an alarm can be given to stands below one agency, the alarm’s own first, by name', () => {
  const groups = holdersByAgency(
    [
      person('Wati', 'command'),
      person('Sari', 'command', 'dishub'),
      person(undefined, 'dishub'),
      person('Budi', 'dishub'),
    ],
    'dishub',
  );
  expect(groups.map(({ agency, people }) => [agency, ...people.map(({ displayName }) => displayName)])).toEqual([
    ['dishub', 'Budi', 'Sari'],
    ['command', 'Wati'],
  ]);
});
