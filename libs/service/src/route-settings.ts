import { Fault, type Role } from '@siaga/contracts';
import { Admission } from './admission.ts';
import { isLoopback } from './config.ts';
import type { Principal } from './context.ts';
import { bearerToken, principalOf, requireRole } from './principal.ts';
import { RateLimit } from './rate-limit.ts';
import { countTurnedAway } from './turned-away.ts';

/** What a process must know to tell who calls. */
export interface DoorSettings {
  city: string;
  /** `SIAGA_SECRET` */
  secret: string | undefined;
  /** `SIAGA_LOCAL_OPERATOR` */
  localOperator?: boolean | undefined;
  /** `CALLS_PER_SECOND` of one caller; absent: no limit. */
  callsPerSecond?: number | undefined;
}

/** A wall that loads, or a script that begins, asks more at once than either does later. */
const CALLS_AT_ONCE_S = 20;

/** Calls being answered at a time, whoever asks: as many as two gateways hand on. */
const CALLS_AT_ONCE = 256;

/** The headers of a request that tell who calls. */
export interface CallerHeaders {
  authorization?: string | undefined;
  host?: string | undefined;
}

/** Injectable: the city behind this process's doors, and who a caller is. */
export class RouteSettings {
  readonly city: string;
  readonly #secret: string | undefined;
  readonly #localOperator: boolean;
  readonly #calls: RateLimit;
  readonly #admission = new Admission({ door: 'api', most: CALLS_AT_ONCE });

  constructor({ city, secret, localOperator, callsPerSecond = 0 }: DoorSettings) {
    this.city = city;
    this.#calls = new RateLimit({ perSecond: callsPerSecond, burst: callsPerSecond * CALLS_AT_ONCE_S });
    this.#secret = secret;
    this.#localOperator = localOperator ?? secret === undefined;
  }

  /** See {@link principalOf}. Throws a fault of kind `unauthenticated`. */
  principalOf(token: string | undefined): Promise<Principal> {
    return principalOf({ token, city: this.city, secret: this.#secret, localOperator: this.#localOperator });
  }

  /** The caller, when he holds one of the roles. Throws faults of kind `unauthenticated`, `too-many` and `forbidden`. */
  async admit(headers: CallerHeaders, permitted: readonly Role[], what: string): Promise<Principal> {
    if (!this.trusts(headers.host)) {
      throw new Fault(
        'forbidden',
        'without an access token Siaga answers only under this machine’s own name: open http://127.0.0.1',
      );
    }
    const principal = await this.principalOf(bearerToken(headers.authorization));
    const retryAfterS = this.#calls.take(principal.id);
    if (retryAfterS > 0) {
      countTurnedAway('api', 'caller');
      throw new Fault('too-many', `terlalu sering, coba lagi dalam ${String(retryAfterS)} detik · too many calls`, {
        retryAfterS,
      });
    }
    requireRole(principal, permitted, what);
    return principal;
  }

  /** Answers a call unless too many others are being answered. Throws a fault of kind `unavailable`. */
  async answer<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const refusal = this.#admission.turnAway();
    if (refusal !== undefined) throw refusal;
    const leave = this.#admission.enter();
    try {
      return await call();
    } finally {
      leave();
    }
  }

  onModuleDestroy(): void {
    this.#admission.close();
  }

  /**
   * Where callers without a token are the local operator, the name they used must be this machine's: a web page that
   * points a name of its own at 127.0.0.1 (DNS rebinding) would otherwise be the operator, too.
   */
  trusts(host: string | undefined): boolean {
    if (!this.#localOperator || host === undefined) return true;
    return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, ''));
  }
}
