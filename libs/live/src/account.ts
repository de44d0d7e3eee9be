import { Fault, type AccountLive, type AnswerOf } from '@siaga/contracts';
import { REMEMBERED_IDS } from './applied.ts';

/** Was anything missed? This screen's `every` events compared with what the log itself holds for it. */
export interface Account {
  /** Events the log holds for this screen in what has been compared of the session. */
  inLog: number;
  /** Those of them that this screen has applied; less than {@link inLog}: events were missed. */
  applied: number;
  /** Ids of the first missed ones, at most 100. */
  missed: readonly string[];
  /** Server's time of the first and last position compared, epoch ms. */
  sinceMs: number;
  checkedAtMs: number;
  /** False: part of the session can no longer be compared, it is too long ago or of a log that was replaced. */
  complete: boolean;
}

/** How a screen asks the gateway for {@link AccountLive}. */
export type AskAccount = (body: { from: string; to: string }) => Promise<AnswerOf<typeof AccountLive>>;

/** Everything up to a position has been applied. */
interface Mark {
  position: string;
  atMs: number;
  /** Frames and events applied until there. */
  frames: number;
  events: number;
}

const MOST_NAMED = 100;
/** The start of what can be compared moves on in steps of so many events. */
const MARK_EVERY = 1000;
/** So many events without a comparison, and one is due: the ids of all must still be remembered when it ends. */
const DUE_AFTER = REMEMBERED_IDS / 2;
/** Many screens come back at the same time after a restart or a power cut: they must not ask all at once. */
const CHECK_EVERY_MS = { least: 45_000, spread: 30_000 };
const AGAIN_MS = { least: 5000, spread: 10_000 };

/** Keeps the account of one session: on demand, and about every minute while somebody listens. */
export class SessionAccount {
  readonly #ask: AskAccount;
  readonly #has: (id: string) => boolean;
  readonly #listeners = new Set<() => void>();
  #marks: Mark[] = [];
  /** From where on has not been compared; all ids applied since are remembered. */
  #from: Mark | undefined;
  #now: Mark | undefined;
  #account: Account | undefined;
  #complete = true;
  #checking: Promise<Account> | undefined;
  /** Counts up with {@link forget}: what was asked before says nothing of what comes after. */
  #session = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `has`: whether an id is among the last that were applied. */
  constructor({ ask, has }: { ask: AskAccount; has: (id: string) => boolean }) {
    this.#ask = ask;
    this.#has = has;
  }

  readonly get = (): Account | undefined => this.#account;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#checkIn(0);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearTimeout(this.#timer);
    };
  };

  /** A frame has been applied, with so many events that were new. */
  applied(position: string, atMs: number, events: number): void {
    const before = this.#now;
    this.#now = { position, atMs, frames: (before?.frames ?? 0) + 1, events: (before?.events ?? 0) + events };
    this.#from ??= this.#now;
    if (this.#now.events - (this.#marks.at(-1) ?? this.#from).events >= MARK_EVERY) this.#marks.push(this.#now);
    while (this.#now.events - this.#from.events > REMEMBERED_IDS) {
      this.#from = this.#marks.shift() ?? this.#now;
      this.#complete = false;
    }
    if (this.#listeners.size > 0 && this.#now.events - this.#from.events >= DUE_AFTER) void this.#checkQuietly();
  }

  /** Begins anew: somebody else may look from now on. */
  forget(): void {
    this.#session += 1;
    this.#marks = [];
    this.#from = undefined;
    this.#now = undefined;
    this.#account = undefined;
    this.#complete = true;
    for (const listener of this.#listeners) listener();
  }

  /** Compares everything that has not been compared yet. Throws a {@link Fault} when it cannot be done now. */
  check(): Promise<Account> {
    this.#checking ??= this.#compare().finally(() => {
      this.#checking = undefined;
      for (const listener of this.#listeners) listener();
    });
    return this.#checking;
  }

  close(): void {
    this.#listeners.clear();
    clearTimeout(this.#timer);
  }

  async #compare(): Promise<Account> {
    const to = this.#now;
    if (to === undefined) throw new Fault('unavailable', 'nothing has come from the live stream yet');
    let from = this.#from ?? to;
    const { atMs } = from;
    const none = { inLog: 0, applied: 0, missed: [], sinceMs: atMs, checkedAtMs: atMs, complete: true };
    while (from.frames < to.frames) {
      const session = this.#session;
      const answer = await this.#answer(from, to);
      if (session !== this.#session) throw new Fault('unavailable', 'the session ended meanwhile');
      // otherwise so much has come meanwhile that ids of this stretch may be forgotten
      if (this.#from === from) {
        this.#from = answer.next === undefined ? to : { ...from, position: answer.next };
        // not before the first answer: a refused question must not look like a session in which nothing happened
        this.#account ??= none;
        this.#count(answer.ids);
      }
      from = this.#from ?? to;
    }
    this.#marks = this.#marks.filter(({ events }) => events > to.events);
    this.#account = { ...(this.#account ?? none), checkedAtMs: to.atMs, complete: this.#complete };
    return this.#account;
  }

  /** Nothing to count, when the two cannot be compared: then what lies between never can. */
  async #answer(from: Mark, to: Mark): Promise<AnswerOf<typeof AccountLive>> {
    try {
      return await this.#ask({ from: from.position, to: to.position });
    } catch (error) {
      if (!(error instanceof Fault) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error;
      this.#complete = false;
      return { ids: [] };
    }
  }

  #count(ids: readonly string[]): void {
    if (this.#account === undefined) return;
    const { inLog, applied, missed } = this.#account;
    const lacking = ids.filter((id) => !this.#has(id));
    this.#account = {
      ...this.#account,
      inLog: inLog + ids.length,
      applied: applied + ids.length - lacking.length,
      missed: [...missed, ...lacking].slice(0, MOST_NAMED),
    };
  }

  #checkIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#checkQuietly(), ms);
  }

  /** Whoever listens sees by {@link Account.checkedAtMs} that none came. */
  async #checkQuietly(): Promise<void> {
    if (this.#checking !== undefined) return;
    const done = await this.check().then(
      () => true,
      () => false,
    );
    if (this.#listeners.size === 0) return;
    const { least, spread } = done ? CHECK_EVERY_MS : AGAIN_MS;
    this.#checkIn(least + Math.random() * spread);
  }
}
