import { mayManage } from '@siaga/identity';
import type { PersonDocument } from '../people/person-document.ts';
import type { InvitationDocument } from './invitation-document.ts';

/** People as they are today: `person`, whom a link is for, and `maker`, who made it; undefined when there is none. */
interface Concerned {
  person: PersonDocument | undefined;
  maker: PersonDocument | undefined;
}

/**
 * Whether a link opens what it was made for. It is worth what its maker may give today: who is blocked, or administers
 * less than he did, left no way back in. A password is renewed for who is as he was: a link made for a dispatcher does not
 * open the account of the administrator he has become. A maker who is no person is a script or the operator.
 */
export function isStillWorth(
  { kind, agencies, roles }: Pick<InvitationDocument, 'kind' | 'agencies' | 'roles'>,
  { person, maker }: Concerned,
): boolean {
  if (maker !== undefined && (maker.blocked || !mayManage(maker, { agencies, roles }))) return false;
  if (kind === 'newcomer') return person === undefined;
  return person?.blocked === false && isSame(person.agencies, agencies) && isSame<string>(person.roles, roles);
}

const isSame = <Item>(one: readonly Item[], other: readonly Item[]): boolean =>
  one.every((item) => other.includes(item)) && other.every((item) => one.includes(item));
