import { describe, expect, it } from '@jest/globals';
import type { Person } from '@siaga/contracts';
import { changesOf, draftOf } from './draft.ts';

const rani: Person = {
  personId: 'p-rani-0001',
  userName: 'rani',
  displayName: 'Rani Wulandari',
  agencies: ['dlh', 'command'],
  roles: ['dispatcher'],
  blocked: false,
  createdAtMs: 1,
  version: 3,
};

describe('what a form changes of a person', () => {
  it('is nothing as long as it says the same, in whatever order', () => {
    expect(changesOf(rani, draftOf(rani))).toBeUndefined();
    expect(changesOf(rani, { ...draftOf(rani), agencies: ['command', 'dlh'], displayName: ' Rani Wulandari ' })).toBe(
      undefined,
    );
  });

  it('is only what differs', () => {
    expect(changesOf(rani, { ...draftOf(rani), roles: ['supervisor'] })).toEqual({ roles: ['supervisor'] });
    expect(changesOf(rani, { ...draftOf(rani), agencies: ['command'] })).toEqual({ agencies: ['command'] });
  });

  it.each([{ displayName: ' ' }, { agencies: [] }, { roles: [] }])('is nothing that can be sent without %p', (lack) => {
    expect(changesOf(rani, { ...draftOf(rani), ...lack })).toBeUndefined();
  });
});
