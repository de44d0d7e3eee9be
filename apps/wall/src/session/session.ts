import {
  AcceptInvitation,
  ClaimPairing,
  createClient,
  Fault,
  GetMe,
  IssueTicket,
  RefreshSession,
  SignIn,
  SignOut,
  type AnswerOf,
  type Client,
  type Me,
  type RequestOf,
} from '@siaga/contracts';
import { z } from 'zod';
import { cityIn, cityNamed, rememberCity } from './city-named.ts';
import { forgetPerson, forgetSeen } from './of-one-person.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { endPushes } from './phone-pushes.ts';
import { isUnauthenticated, Renewal, type Renewed } from './renewal.ts';

/** Why nobody is signed in any more. `said`: in the server's words, both languages. */
export type OutReason = { by: 'himself' } | { by: 'server'; said: string };

/** Who this screen is. */
export type SessionState =
  | { at: 'asking' }
  | { at: 'unreachable' }
  /** `why` only where somebody was signed in before. */
  | { at: 'out'; why?: OutReason }
  | { at: 'in'; me: Me };

const REMEMBERED = 'siaga.session';
const AGAIN_MS = 2000;
/** Longer than the gateway waits for a service. A slower answer is not worth waiting for, and all calls wait for it. */
const RENEWED_MS = 20_000;
/** On a poor network a screen that has asked for so long, ms, says so; it goes on asking. */
const PATIENCE_MS = 4000;
/** What somebody may do is asked so often, so that the buttons he has are those he may press. */
const LOOK_MS = 60_000;
/** The live stream's word that nobody is signed in, twice within so long, is believed without asking. */
const DOUBT_AGAIN_MS = 10_000;
const Remembered = z
  .string()
  .refine((text) => text.startsWith('{'))
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.object({ atMs: z.number(), untilMs: z.number() }));

/** The one session of this browser: its cookies are out of reach for scripts, so this knows only what the server says. */
export class BrowserSession {
  readonly #send = createClient({ baseUrl: '' });
  readonly #listeners = new Set<() => void>();
  readonly #renewal = new Renewal({
    renew: async () => {
      const { me, accessExpiresAtMs } = await this.#send(
        RefreshSession,
        {},
        { signal: AbortSignal.timeout(RENEWED_MS) },
      );
      this.#tell({ at: 'in', me });
      return accessExpiresAtMs;
    },
    shared: { get: recall, set: remember },
    exclusively: oneAtATime(REMEMBERED),
  });
  #state: SessionState = { at: 'asking' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #doubted: { said: string; atMs: number } | undefined;

  constructor() {
    // another tab signed in, out, or renewed
    window.addEventListener('storage', ({ key }) => {
      if (key === REMEMBERED) void this.look();
    });
    const lookIfIn = () => {
      if (document.visibilityState === 'visible' && this.#state.at === 'in') void this.look();
    };
    document.addEventListener('visibilitychange', lookIfIn);
    setInterval(lookIfIn, LOOK_MS);
  }

  readonly get = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Every REST call of the wall, by contract; renews the session when it must. Refused for good, nobody is signed in. */
  readonly call: Client = (route, request, options) => {
    const send = () => this.#send(route, request, options);
    return route.permission === 'anyone' ? send() : this.around(send);
  };

  /** The same for what is no call by contract. Throw a fault of kind `unauthenticated` where it is refused. */
  async around<Result>(send: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#renewal.around(send);
    } catch (error) {
      if (isUnauthenticated(error)) this.leave({ by: 'server', said: error.message });
      if (error instanceof Fault && error.kind === 'forbidden') void this.look(); // somebody changed what I may
      throw error;
    }
  }

  /** What opens the live stream: a ticket each time. */
  async ticket(): Promise<string> {
    return (await this.call(IssueTicket, {})).ticket;
  }

  /** Asks who I am, until somebody answers. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    const slow = setTimeout(() => {
      if (this.#state.at === 'asking') this.#tell({ at: 'unreachable' });
    }, PATIENCE_MS);
    try {
      const me = await this.#renewal.around(() => this.#send(GetMe, {}, { signal: AbortSignal.timeout(RENEWED_MS) }));
      this.#tell({ at: 'in', me });
      this.#scheduleRenewal();
    } catch (error) {
      if (isUnauthenticated(error)) {
        this.leave({ by: 'server', said: error.message });
        return;
      }
      if (this.#state.at === 'asking') this.#tell({ at: 'unreachable' });
      this.#timer = setTimeout(() => void this.look(), AGAIN_MS);
    } finally {
      clearTimeout(slow);
    }
  }

  signIn(body: RequestOf<typeof SignIn>['body']): Promise<void> {
    return this.#enter(() => this.#send(SignIn, { body: { ...body, city: cityNamed() } }));
  }

  async acceptInvitation(body: RequestOf<typeof AcceptInvitation>['body']): Promise<void> {
    await this.#enter(() => this.#send(AcceptInvitation, { body }));
    rememberCity(cityIn.token(body.token));
  }

  /** Whether the screen is paired by now: then it is signed in. */
  async claimPairing(deviceCode: string): Promise<AnswerOf<typeof ClaimPairing>['status']> {
    const answer = await this.#send(ClaimPairing, { body: { deviceCode } });
    if (answer.status === 'paired') await this.#enter(() => Promise.resolve(answer.me));
    return answer.status;
  }

  /** Ends the session everywhere; throws a fault when the server could not be told. */
  async signOut(): Promise<void> {
    await this.#send(SignOut, {});
    // it may fail, and he is signed out all the same
    await endPushes().catch(() => undefined);
    this.leave({ by: 'himself' });
    forget();
    forgetPerson(localStorage);
  }

  /** The live stream says that nobody is signed in: nothing is shown until the server has said it, too. */
  doubt(said: string): void {
    if (this.#state.at !== 'in') return;
    const isAgain = this.#doubted !== undefined && performance.now() - this.#doubted.atMs < DOUBT_AGAIN_MS;
    if (isAgain) {
      this.leave({ by: 'server', said });
      return;
    }
    this.#doubted = { said, atMs: performance.now() };
    forgetSeen(localStorage);
    this.#tell({ at: 'asking' });
    void this.look();
  }

  /**
   * From now on nobody is signed in here. The first reason stands; but who leaves himself is told so, also when the live
   * stream noticed before the answer came.
   */
  leave(why: OutReason): void {
    clearTimeout(this.#timer);
    forgetSeen(localStorage);
    const doubted = this.#doubted;
    if (why.by === 'himself' || this.#state.at === 'in') this.#tell({ at: 'out', why });
    else if (this.#state.at !== 'out')
      this.#tell({ at: 'out', ...(doubted !== undefined && { why: { by: 'server', said: doubted.said } }) });
    this.#doubted = undefined;
  }

  async #enter(open: () => Promise<Me>): Promise<void> {
    const me = await open();
    forget();
    this.#tell({ at: 'in', me });
    this.#scheduleRenewal();
  }

  #scheduleRenewal(): void {
    clearTimeout(this.#timer);
    if (this.#state.at !== 'in' || this.#state.me.sessionId === undefined) return;
    this.#timer = setTimeout(() => void this.#renewSoon(), this.#renewal.dueInMs());
  }

  async #renewSoon(): Promise<void> {
    try {
      await this.#renewal.renewWhenDue();
    } catch (error) {
      if (isUnauthenticated(error)) {
        this.leave({ by: 'server', said: error.message });
        return;
      }
    }
    this.#scheduleRenewal();
  }

  #tell(state: SessionState): void {
    const goesDark = this.#state.at === 'in' && state.at !== 'in';
    this.#state = state;
    if (goesDark) behindCurtain(() => this.#tellAll());
    else this.#tellAll();
  }

  #tellAll(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Long enough for a frame in which nothing is seen any more. */
const CURTAIN_MS = 50;

/** Hides everything, then does what hides it for good: to take a map apart may take a slow machine seconds. */
function behindCurtain(work: () => void): void {
  const { documentElement: page } = document;
  page.toggleAttribute('data-dark', true);
  setTimeout(() => {
    work();
    setTimeout(() => page.toggleAttribute('data-dark', false));
  }, CURTAIN_MS);
}

/** Written where all tabs hear of it. */
function remember(renewed: Renewed): void {
  localStorage.setItem(REMEMBERED, JSON.stringify(renewed));
}

/** Another session began or ended: nothing that was known of the one before is true of it. */
function forget(): void {
  localStorage.setItem(REMEMBERED, '');
  localStorage.removeItem(REMEMBERED);
}

function recall(): Renewed | undefined {
  return Remembered.safeParse(localStorage.getItem(REMEMBERED)).data;
}

/** The session of this screen. */
export const session = new BrowserSession();
