import { expect, it } from '@jest/globals';
import { ChangePerson, SignIn } from '@siaga/contracts';
import type { Principal } from './context.ts';
import { pressOf } from './press.ts';

const principal: Principal = { id: 'p1', kind: 'person', city: '3574', agencies: [], roles: [], exercise: false };
const asked = { idempotencyKey: 'key-1', principal, input: { body: { password: 'rahasia sekali' } } };

it('a command is remembered by its key, one that holds a secret never', () => {
  expect(pressOf(ChangePerson, asked)).toMatchObject({ key: expect.any(String) });
  expect(pressOf(SignIn, asked)).toBeUndefined();
});

it('is one press whoever asks again with the same rights, and another with others', () => {
  const script = {
    ...principal,
    id: 'script',
    agencies: ['dlh', 'command'],
    roles: ['viewer', 'agency-admin'],
  } as const;
  const keyOf = (over: Partial<Principal>) =>
    pressOf(ChangePerson, { ...asked, principal: { ...script, ...over } })?.key;
  expect(keyOf({ agencies: ['command', 'dlh'], roles: ['agency-admin', 'viewer'] })).toBe(keyOf({}));
  expect(keyOf({ agencies: ['dishub'] })).not.toBe(keyOf({}));
  expect(keyOf({ roles: ['agency-admin'] })).not.toBe(keyOf({}));
});
