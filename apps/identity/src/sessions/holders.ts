import { Injectable } from '@nestjs/common';
import { currentContext, type Principal } from '@siaga/service';
import { Store } from '@siaga/store';
import { PeopleStore } from '../people/people.store.ts';
import type { StoredPerson } from '../people/person-document.ts';
import { screens, type StoredScreen } from '../screens/screen-document.ts';
import type { SessionDocument } from './session-document.ts';

/** Who holds a session, as his document says today. */
export interface Holder {
  readonly principal: Principal & { readonly kind: 'person' | 'screen' };
  readonly displayName: string;
  /** Which password a person has today; undefined for a screen. */
  readonly passwordNumber?: number;
}

type Session = Pick<SessionDocument, 'principalId' | 'kind' | 'passwordNumber'>;

/** Who may hold a session: people who are not blocked, screens that are not revoked. */
@Injectable()
export class Holders {
  constructor(
    private readonly people: PeopleStore,
    private readonly store: Store,
  ) {}

  /** Who opens a session today; undefined: nobody any more, also when he has chosen another password since. */
  async ofSession(session: Session): Promise<Holder | undefined> {
    const holder = await this.of(session);
    return holder?.passwordNumber === session.passwordNumber ? holder : undefined;
  }

  /** undefined: nobody any more. */
  async of({ principalId, kind }: Pick<Session, 'principalId' | 'kind'>): Promise<Holder | undefined> {
    if (kind === 'screen') {
      const screen = await this.store.find(screens, principalId);
      return screen === undefined || screen.revoked ? undefined : screenAsHolder(screen);
    }
    const person = await this.people.find(principalId);
    return person === undefined || person.blocked ? undefined : personAsHolder(person);
  }
}

export function personAsHolder({ _id, displayName, passwordNumber, agencies, roles, reveal }: StoredPerson): Holder {
  const { city } = currentContext();
  const principal = { id: _id, kind: 'person' as const, city, agencies, roles, exercise: false };
  return { displayName, passwordNumber, principal: { ...principal, ...(reveal === undefined ? {} : { reveal }) } };
}

export function screenAsHolder({ _id, displayName, agencies }: StoredScreen): Holder {
  const { city } = currentContext();
  const roles = ['screen' as const];
  return { displayName, principal: { id: _id, kind: 'screen', city, agencies, roles, exercise: false } };
}
