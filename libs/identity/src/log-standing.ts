import type { EventBus, Table } from '@siaga/bus';
import { Fault, PrincipalChanged, SessionEnded } from '@siaga/contracts';
import { LOCAL_OPERATOR, PerCity, type Principal, type Standing } from '@siaga/service';

/** Told of somebody whose standing changed, and in which city. */
export type StandingListener = (principalId: string, city: string) => void;

/**
 * What the log says of principals and sessions, in memory: a block or a new role counts here as soon as the log has
 * brought it, within milliseconds. Who is in no event (a script's token, the simulator's) is what his token says. Each
 * city's log speaks of its own principals only: the same id in another city is somebody else.
 */
export class LogStanding implements Standing {
  readonly #cities: PerCity<CityStanding>;

  constructor(bus: EventBus, cities: readonly string[]) {
    this.#cities = new PerCity(
      cities,
      (city) => new CityStanding(bus.table(PrincipalChanged, city), bus.table(SessionEnded, city)),
    );
  }

  now(principal: Principal): Principal {
    return this.#cities.of(principal.city).now(principal);
  }

  hasAdministrator(city: string): boolean {
    return this.#cities.of(city).hasAdministrator();
  }

  /** Told after a change of what somebody may do, or the end of one of his sessions; answers a function that ends it. */
  onChange(listener: StandingListener): () => void {
    const ends = [...this.#cities.entries()].map(([city, standing]) =>
      standing.onChange((principalId) => {
        listener(principalId, city);
      }),
    );
    return () => {
      for (const end of ends) end();
    };
  }
}

/** {@link LogStanding} of one city. */
class CityStanding {
  readonly #principals: Table<PrincipalChanged>;
  readonly #ended: Table<SessionEnded>;
  readonly #administrators = new Set<string>();

  constructor(principals: Table<PrincipalChanged>, ended: Table<SessionEnded>) {
    this.#principals = principals;
    this.#ended = ended;
    for (const principal of principals.values()) this.#note(principal.principalId, principal);
    principals.onChange((principalId, principal) => {
      this.#note(principalId, principal);
    });
  }

  now(principal: Principal): Principal {
    const { id, sessionId } = principal;
    if (sessionId !== undefined && this.#ended.get(sessionId) !== undefined)
      throw new Fault('unauthenticated', 'sesi ini sudah diakhiri, masuk lagi · this session has ended, sign in again');
    if (id === LOCAL_OPERATOR && this.hasAdministrator())
      throw new Fault('unauthenticated', 'kota ini sudah punya admin, masuk dulu · this city has an administrator now, sign in'); // prettier-ignore
    const known = this.#principals.get(id);
    if (known === undefined) return principal;
    if (known.blocked) throw new Fault('unauthenticated', 'akun ini diblokir · this account is blocked');
    const { agencies, roles, reveal } = known;
    const today: { -readonly [Field in keyof Principal]: Principal[Field] } = { ...principal, agencies, roles };
    delete today.reveal; // what was uncovered when he came may be covered again
    return reveal === undefined ? today : { ...today, reveal };
  }

  hasAdministrator(): boolean {
    return this.#administrators.size > 0;
  }

  onChange(listener: (principalId: string) => void): () => void {
    const ends = [
      this.#principals.onChange((principalId) => {
        listener(principalId);
        listener(LOCAL_OPERATOR); // it may have been the first administrator
      }),
      this.#ended.onChange((_, session) => {
        if (session !== undefined) listener(session.principalId);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  #note(principalId: string, principal: PrincipalChanged | undefined): void {
    if (principal !== undefined && !principal.blocked && principal.roles.includes('city-admin'))
      this.#administrators.add(principalId);
    else this.#administrators.delete(principalId);
  }
}
