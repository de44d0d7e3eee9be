import type { Table } from '@siaga/bus';
import { Fault, type PrincipalChanged, type SessionEnded } from '@siaga/contracts';
import type { Principal, Standing } from '@siaga/service';

/** Told of somebody whose standing changed. */
export type StandingListener = (principalId: string) => void;

/**
 * What the log says of principals and sessions, in memory: a block or a new role counts here as soon as the log has
 * brought it, within milliseconds. Who is in no event (a script's token, the simulator's) is what his token says.
 */
export class LogStanding implements Standing {
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
    const known = this.#principals.get(id);
    if (known === undefined) return principal;
    if (known.blocked) throw new Fault('unauthenticated', 'akun ini diblokir · this account is blocked');
    const { agencies, roles, reveal } = known;
    return { ...principal, agencies, roles, ...(reveal === undefined ? {} : { reveal }) };
  }

  hasAdministrator(): boolean {
    return this.#administrators.size > 0;
  }

  /** Told after a change of what somebody may do, or the end of one of his sessions; answers a function that ends it. */
  onChange(listener: StandingListener): () => void {
    const ends = [
      this.#principals.onChange((principalId) => {
        listener(principalId);
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
