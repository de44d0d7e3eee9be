import { Injectable } from '@nestjs/common';
import type { Me } from '@siaga/contracts';
import { PeopleStore } from '../people/people.store.ts';
import type { StoredPerson } from '../people/person-document.ts';
import { personAsHolder } from '../sessions/holders.ts';
import { SessionCookies, type Exchange } from '../sessions/session-cookies.ts';
import { KnownBrowsers } from './known-browsers.ts';

/** Lets people in who have just proved who they are. */
@Injectable()
export class PersonEntry {
  constructor(
    private readonly people: PeopleStore,
    private readonly cookies: SessionCookies,
    private readonly browsers: KnownBrowsers,
  ) {}

  /** A session in the browser that asks, which is known to be his from now on. */
  async begin(person: StoredPerson, exchange: Exchange): Promise<Me> {
    const me = await this.cookies.begin(personAsHolder(person), exchange);
    this.browsers.remember(person.userName, exchange);
    await this.people.noteSignIn(person._id);
    return me;
  }
}
