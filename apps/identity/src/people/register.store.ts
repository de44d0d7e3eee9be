import { Injectable } from '@nestjs/common';
import { Fault, type ChangePerson, type InputOf, type ListPeople, type Person } from '@siaga/contracts';
import { mayManage } from '@siaga/identity';
import type { Principal } from '@siaga/service';
import { Store, trusted, type OnceKey } from '@siaga/store';
import { SessionsStore } from '../sessions/sessions.store.ts';
import { LastAdministrator } from './last-administrator.store.ts';
import { administersCity, changedPerson, refuseToLockOneselfOut, type ChangeablePerson } from './person-change.ts';
import { people, type StoredPerson } from './person-document.ts';
import { personOf } from './people.store.ts';
import { refuseToGiveMore } from './refuse-to-give-more.ts';
import { withinScope } from './within-scope.ts';

type Wanted = InputOf<typeof ChangePerson>['body'];

/** The people whom an administrator administers; nobody else exists for him. */
@Injectable()
export class PeopleRegister {
  constructor(
    private readonly store: Store,
    private readonly sessions: SessionsStore,
    private readonly administrators: LastAdministrator,
  ) {}

  /** By user name; `q` searches user name and name. */
  async page(admin: Principal, { limit, after, q }: InputOf<typeof ListPeople>['query']) {
    const search = { text: q, fields: ['userName', 'displayName'] };
    const where = withinScope(admin) as never;
    const page = await this.store.page(people, { where, search, sort: 'userName', limit, after });
    return { ...page, items: page.items.map(personOf) };
  }

  /** Throws `not-found`, with the same words for who is nobody and for who is not this administrator's. */
  async get(admin: Principal, personId: string): Promise<StoredPerson> {
    const person = await this.store.find(people, personId);
    if (person === undefined || !mayManage(admin, person)) throw unknownPerson();
    return person;
  }

  /**
   * Changes a person who is still as he was read. Throws `not-found` like {@link get}, `forbidden` for what the
   * administrator may not give or do to himself, `conflict` when somebody was faster or nobody would be left to administer
   * the city. Who is blocked is signed out everywhere; a block alone waits for no version, because whoever goes on changing
   * himself (his name, what he uncovers) would never be blocked.
   */
  async change(
    admin: Principal,
    personId: string,
    change: { body: Wanted; once?: OnceKey | undefined },
  ): Promise<Person> {
    const person = await this.get(admin, personId);
    const wanted = changedPerson(person, change.body);
    refuseToGiveMore(admin, wanted);
    if (admin.id === personId) refuseToLockOneselfOut(person, wanted);
    // a crash after the block may have left sessions open: none of them comes back with it
    if (person.blocked && !wanted.blocked) await this.sessions.endAllOf(personId);
    const isBlock = isBlockAlone(change.body);
    const version = isBlock ? person.version : change.body.version;
    // taking an administrator away is guarded by his version, whatever it is for
    const guard =
      isBlock && !person.roles.includes('city-admin') ? { roles: trusted({ $ne: 'city-admin' }) } : { version };
    const put = () => this.put({ _id: personId, ...guard }, isBlock ? { blocked: true } : wanted, change.once);
    const changed = await (administersCity(person) && !administersCity(wanted)
      ? this.administrators.takingAway({ personId, version }, put)
      : put());
    if (changed === undefined) throw changedMeanwhile();
    if (changed.blocked) await this.sessions.endAllOf(personId);
    return personOf(changed);
  }

  private put(where: object, wanted: Partial<ChangeablePerson>, once: OnceKey | undefined) {
    return this.store.change(people, { where, change: { $set: wanted }, ...(once && { once }) });
  }
}

const isBlockAlone = ({ displayName, agencies, roles, blocked }: Wanted): boolean =>
  blocked === true && displayName === undefined && agencies === undefined && roles === undefined;

const unknownPerson = () => new Fault('not-found', 'orang ini tidak ada · there is no such person');

const changedMeanwhile = () =>
  new Fault(
    'conflict',
    'baru saja diubah orang lain: lihat lagi, lalu ulangi · changed meanwhile: look again, then repeat',
  );
