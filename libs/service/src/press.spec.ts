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
