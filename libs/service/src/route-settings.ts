import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Fault, lackOf, type RouteContract } from '@siaga/contracts';
import { Admission } from './admission.ts';
import { LOCAL_OPERATOR, type Principal } from './context.ts';
import { PerCity } from './per-city.ts';
import { bearerToken, principalOf, type ShownAt } from './principal.ts';
import { neighbourhoodOf, RateLimit } from './rate-limit.ts';
import { asTokensSay, type Standing } from './standing.ts';
import { isHandedOn, namesThisMachine, notThisMachine } from './this-machine.ts';
import { tooMany } from './turned-away.ts';

/** What a process must know to tell who calls. */
export interface DoorSettings {
  /** All cities served, each once; the first is the home city. */
  cities: readonly string[];
  /** `SIAGA_SECRET`: the first signs, all verify; undefined when a service runs alone on loopback. */
  secrets: readonly string[] | undefined;
  /** `SIAGA_LOCAL_OPERATOR`: who comes without a token is the local operator. Only ever true on loopback. */
  localOperator?: boolean | undefined;
  /** `CALLS_PER_SECOND` of one caller; absent: no limit. */
  callsPerSecond?: number | undefined;
}

/** A wall that loads, or a script that begins, asks more at once than either does later. */
const CALLS_AT_ONCE_S = 20;

/** Calls being answered at a time, whoever asks: as many as two gateways hand on. */
const CALLS_AT_ONCE = 256;

/** What a permission is asked for: a route, or a page that is none. */
export type Door = Pick<RouteContract, 'name' | 'permission' | 'agencies'>;

/** A request, as far as it tells who calls. */
export interface Call {
  headers: IncomingHttpHeaders;
  /** The caller's address. */
  ip: string;
}

/** Injectable: the cities behind this process's doors, and who a caller is. */
export class RouteSettings {
  /** The city of who names none: visitors, the local operator, devices at a door without a city. */
  readonly city: string;
  readonly cities: readonly string[];
  readonly #secrets: readonly string[] | undefined;
  readonly #localOperator: boolean;
  #standing = asTokensSay;
  readonly #calls: PerCity<RateLimit>;
  readonly #admission = new Admission({ door: 'api', most: CALLS_AT_ONCE });

  constructor({ cities, secrets, localOperator, callsPerSecond = 0 }: DoorSettings) {
    const [home] = cities;
    if (home === undefined) throw new Error('a process serves at least one city');
    this.city = home;
    this.cities = cities;
    const rate = { perSecond: callsPerSecond, burst: callsPerSecond * CALLS_AT_ONCE_S };
    this.#calls = new PerCity(cities, () => new RateLimit(rate));
    this.#secrets = secrets;
    this.#localOperator = localOperator ?? secrets === undefined;
  }

  /** From now on principals are what this says, not what their tokens say. */
  believe(standing: Standing): void {
    this.#standing = standing;
  }

  /**
   * The one place a principal comes from. A token must verify and belong to a city served here. Where it is allowed, and
   * as long as nobody else could administer the home city, a caller without a token is the local operator, who may do everything
   * in the room. Throws a fault of kind `unauthenticated`.
   */
  async principalOf(token: string | undefined, at: ShownAt = 'route'): Promise<Principal> {
    if (token === undefined || token === '') {
      if (this.#isOpen()) return localOperatorOf(this.city);
      throw new Fault('unauthenticated', 'masuk dulu · sign in, or send an access token: Authorization: Bearer …');
    }
    if (this.#secrets === undefined)
      throw new Fault('unauthenticated', 'this start accepts no tokens: SIAGA_SECRET is not set');
    return this.#standing.now(await principalOf(token, { cities: this.cities, secrets: this.#secrets, at }));
  }

  /** The caller, when the door is open to him. Throws faults of kind `unauthenticated`, `too-many` and `forbidden`. */
  async admit(call: Call, door: Door): Promise<Principal> {
    const principal = await this.callerAt(call, door);
    const refusal = refusalOf(principal, door);
    if (refusal !== undefined) throw refusal;
    return principal;
  }

  /** The caller, whether or not the door is open to him: {@link refusalOf} says that. Throws like {@link admit}. */
  async callerAt({ headers, ip }: Call, door: Door): Promise<Principal> {
    const principal = await this.#callerOf(headers, door);
    // who has not signed in is known by where he is only
    const caller = principal.kind === 'visitor' ? neighbourhoodOf(ip) : principal.id;
    const retryAfterS = this.#calls.of(principal.city).take(caller);
    if (retryAfterS > 0) throw tooMany({ door: 'api', because: 'caller', retryAfterS });
    return principal;
  }

  /** Like {@link admit}, for what even the local operator shows a token for: figures and descriptions of the inside. */
  admitWithToken(call: Call, door: Door): Promise<Principal> {
    if (bearerToken(call.headers.authorization) !== undefined) return this.admit(call, door);
    return Promise.reject(
      new Fault(
        'unauthenticated',
        `${door.name} perlu token · needs a token: npm run -s siaga -- token --role supervisor`,
      ),
    );
  }

  /** The city whose simulator the sender proves to be by a token. Devices carry none, or one that means nothing to us. */
  async simulatedCity({ authorization }: IncomingHttpHeaders): Promise<string | undefined> {
    const token = bearerToken(authorization);
    if (token === undefined) return undefined;
    return this.principalOf(token).then(
      ({ exercise, city }) => (exercise ? city : undefined),
      () => undefined,
    );
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
   * Whether a request without a token may be the local operator's, at the first door it comes to: nobody handed it on,
   * and it names this machine. True where nobody is the local operator by being here.
   */
  trusts(request: Pick<IncomingMessage, 'headers' | 'httpVersion'>): boolean {
    return !this.#localOperator || (!isHandedOn(request) && namesThisMachine(request.headers));
  }

  async #callerOf(headers: IncomingHttpHeaders, { permission }: Door): Promise<Principal> {
    const token = bearerToken(headers.authorization);
    // the gateway, which hands all of this on, has looked for other proxies before
    if (token === undefined && this.#localOperator && !namesThisMachine(headers)) throw notThisMachine();
    if (permission === 'anyone') return visitorOf(this.city);
    return this.principalOf(token);
  }

  #isOpen(): boolean {
    return this.#localOperator && !this.#standing.hasAdministrator(this.city);
  }
}

/** Why a door is not open to somebody, for his roles or agencies; undefined when it is. */
export function refusalOf(principal: Principal, door: Door): Fault | undefined {
  const lack = lackOf(door, principal);
  return lack === undefined ? undefined : new Fault('forbidden', `${door.name}: ${lackOfWords[lack]}`);
}

const lackOfWords = {
  role: 'peran Anda tidak cukup · not for your role',
  agency: 'bukan untuk OPD Anda · not for your agency',
};

function localOperatorOf(city: string): Principal {
  // a dispatcher, too: while nobody else is here the calls are his, and he is to see what he himself has written down
  const roles = ['city-admin', 'dispatcher'] as const;
  return { id: LOCAL_OPERATOR, kind: 'person', city, agencies: ['command'], roles: [...roles], exercise: false };
}

function visitorOf(city: string): Principal {
  return { id: 'visitor', kind: 'visitor', city, agencies: [], roles: [], exercise: false };
}
