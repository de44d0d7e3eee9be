import { createHash } from 'node:crypto';
import type { RouteContract } from '@siaga/contracts';
import type { Press, Principal } from './context.ts';
import { touchedBy } from './subjects.ts';

/** Remembers presses; {@link PRESSES} is provided where there are documents to keep them in. */
export interface Presses {
  /**
   * Answers what `act` answers, or what it answered to the same press before. Throws `conflict` for a key that was used
   * to ask for something else. What failed, or was cut off before it answered, is done again.
   */
  once(press: Press, act: () => Promise<unknown>): Promise<unknown>;
}
export const PRESSES = Symbol('siaga:presses');

/**
 * The press a request belongs to: only commands without a secret have one, and only with an Idempotency-Key. Visitors are
 * told apart by nothing, so what they are answered is never kept for a repeat. All scripts have one id: what one of another
 * agency, or role, was answered is not the next one's to read.
 */
export function pressOf(
  route: RouteContract,
  { idempotencyKey, principal, input }: { idempotencyKey: unknown; principal: Principal; input: object },
): Press | undefined {
  if (route.method === 'GET' || route.secret === true || route.permission === 'anyone') return undefined;
  if (typeof idempotencyKey !== 'string' || idempotencyKey === '') return undefined;
  const { id, agencies, roles } = principal;
  return {
    key: hashOf([id, agencies.toSorted(), roles.toSorted(), idempotencyKey]),
    bodyHash: hashOf([route.name, input]),
    subjects: touchedBy(route, input, principal.city),
  };
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');
