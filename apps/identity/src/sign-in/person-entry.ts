import { Injectable } from '@nestjs/common';
import type { Me } from '@siaga/contracts';
import { PeopleStore } from '../people/people.store.ts';
import type { StoredPerson } from '../people/person-document.ts';
import { Holders, personAsHolder } from '../sessions/holders.ts';
import { SessionCookies, sessionIsOver, type Exchange } from '../sessions/session-cookies.ts';
import { KnownBrowsers } from './known-browsers.ts';

/** Lets people in who have just proved who they are. */
@Injectable()
export class PersonEntry {
  constructor(
    private readonly people: PeopleStore,
    private readonly holders: Holders,
    private readonly cookies: SessionCookies,
    private readonly browsers: KnownBrowsers,
  ) {}

  /**
   * A session in the browser that asks, which is known to be his from now on. Throws `unauthenticated` when the password
   * was changed, or he was blocked, while he proved who he was: what ended his sessions had not seen this one.
   */
  async begin(person: StoredPerson, exchange: Exchange): Promise<Me> {
    const me = await this.cookies.begin(personAsHolder(person), exchange);
    await this.endIfTooLate(person, me, exchange);
    this.browsers.remember(person.userName, exchange);
    await this.people.noteSignIn(person._id);
    return me;
  }

  private async endIfTooLate({ _id: principalId, passwordNumber }: StoredPerson, me: Me, exchange: Exchange) {
    if ((await this.holders.ofSession({ principalId, kind: 'person', passwordNumber })) !== undefined) return;
    await this.cookies.abandon(me, exchange);
    throw sessionIsOver();
  }
}
