import { expect, it } from '@jest/globals';
import type { TalkFloorChanged } from '@siaga/contracts';
import { talking } from './on-the-air.ts';

const floor = (groupId: string, talk?: Partial<NonNullable<TalkFloorChanged['talk']>>): TalkFloorChanged => ({
  ...{ groupId, name: groupId, agencies: ['command'], participants: 3, atMs: 1000 },
  ...(talk && {
    talk: {
      recordingId: 'RKM-00000001',
      principalId: 'ali',
      isEmergency: false,
      sinceMs: 1000,
      untilMs: 34_000,
      ...talk,
    },
  }),
});

it('shows who talks, an emergency first, and nobody whose time is up', () => {
  const floors = [
    floor('dlh', {}),
    floor('dishub'),
    floor('satpolpp', { isEmergency: true }),
    floor('bpbd', { untilMs: 20_000 }),
  ];
  expect(talking(floors, 10_000).map(({ groupId }) => groupId)).toEqual(['satpolpp', 'bpbd', 'dlh']);
  expect(talking(floors, 20_000).map(({ groupId }) => groupId)).toEqual(['satpolpp', 'dlh']);
  expect(talking(floors, 34_000)).toEqual([]);
});
