import { Fault, type ChangePerson, type InputOf, type PersonRole } from '@siaga/contracts';
import type { PersonDocument } from './person-document.ts';

/** What an administrator may change of a person. */
export type ChangeablePerson = Pick<PersonDocument, 'displayName' | 'agencies' | 'roles' | 'blocked'>;

/** The person as the change wants him; nothing is named twice. */
export function changedPerson(
  person: ChangeablePerson,
  { displayName, agencies, roles, blocked }: InputOf<typeof ChangePerson>['body'],
): ChangeablePerson {
  return {
    displayName: displayName ?? person.displayName,
    agencies: [...new Set(agencies ?? person.agencies)],
    roles: [...new Set(roles ?? person.roles)],
    blocked: blocked ?? person.blocked,
  };
}

/** Whether somebody can administer the city today. */
export const administersCity = ({ blocked, roles }: { blocked: boolean; roles: readonly PersonRole[] }): boolean =>
  !blocked && roles.includes('city-admin');

/** Nobody locks himself out: throws `forbidden` when who changes himself would. Another administrator may do it. */
export function refuseToLockOneselfOut(person: ChangeablePerson, wanted: ChangeablePerson): void {
  if (wanted.blocked && !person.blocked)
    throw new Fault(
      'forbidden',
      'Anda tidak dapat memblokir diri sendiri: minta administrator lain · you cannot block yourself: ask another administrator',
    );
  if (person.roles.includes('city-admin') && !wanted.roles.includes('city-admin'))
    throw new Fault(
      'forbidden',
      'Anda tidak dapat melepas peran city-admin sendiri: minta administrator lain · you cannot give up city-admin yourself: ask another administrator',
    );
}
