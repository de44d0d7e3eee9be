import { Injectable } from '@nestjs/common';
import { Fault, type InputOf, type ListLampOverrides } from '@siaga/contracts';
import { asExercise, currentContext, numberOfPress } from '@siaga/service';
import { Store, trusted, type Page } from '@siaga/store';
import { OneAtATime } from '../one-at-a-time.ts';
import { overrides, ruled, type OverrideDocument, type StoredOverride } from './override-document.ts';
import { disputed, holderOf, nextLookMs, passed, takenOver, takes } from './override-rules.ts';
import type { Override } from './step.ts';

/** What happens to an override; the same one where nothing does. */
export type Rule = (override: Override, nowMs: number) => Override;

/** An override that is over stands on screens for so long: who took it sees that lamps are back. */
const SHOWN_MS = 3_600_000;

interface Turn {
  rules: Rule[];
  done: Promise<StoredOverride>;
}

/** Overrides of the context's city: each turn is one atomic change of one document, with what screens are told. */
@Injectable()
export class OverridesStore {
  readonly #inTurn = new OneAtATime();
  readonly #coming = new Map<string, Turn>();

  constructor(private readonly store: Store) {}

  /** Takes what was planned; a repeat of the same press answers what the first one made. */
  take(
    given: Pick<Override, 'levelPercent' | 'reason' | 'untilMs' | 'things' | 'order'>,
    exercise: boolean,
  ): Promise<StoredOverride> {
    const { principal, press } = currentContext();
    const nowMs = Date.now();
    const document: OverrideDocument & { _id: string; wakeAtMs: number } = {
      ...{ ...given, things: plain(given.things), by: principal.id, takenAtMs: nowMs, phase: 'active' },
      ...{ changedAtMs: nowMs, exercise, _id: numberOfPress('PRL'), wakeAtMs: nowMs },
    };
    const once = press === undefined ? {} : { once: press };
    return asExercise(exercise, () => this.store.create(overrides, document, once));
  }

  get(overrideId: string): Promise<StoredOverride> {
    return this.store.get(overrides, overrideId);
  }

  /** In force, or on their way back. */
  open(): Promise<StoredOverride[]> {
    return this.store
      .of(overrides)
      .find({ phase: trusted({ $in: ['active', 'restoring'] }) } as never)
      .lean<StoredOverride[]>();
  }

  /** Names of what is open. */
  async openIds(): Promise<string[]> {
    const where = { phase: trusted({ $in: ['active', 'restoring'] }) } as never;
    return this.store.of(overrides).distinct('_id', where);
  }

  /** Last taken first. */
  page({ limit, after, open }: InputOf<typeof ListLampOverrides>['query']): Promise<Page<OverrideDocument>> {
    const isOver = open === undefined ? {} : { phase: open ? trusted({ $ne: 'over' }) : 'over' };
    return this.store.page(overrides, { where: isOver as never, sort: 'takenAtMs', descending: true, limit, after });
  }

  /**
   * Makes turns of an override: those that come while another is made are one change together, so that a hundred
   * controllers that fetch their commands at once are few writes.
   */
  turn(overrideId: string, rule: Rule): Promise<StoredOverride> {
    const key = `${currentContext().city} ${overrideId}`;
    const coming = this.#coming.get(key);
    if (coming !== undefined) {
      coming.rules.push(rule);
      return coming.done;
    }
    const rules = [rule];
    const done = this.#inTurn.run(currentContext().city, () => {
      this.#coming.delete(key);
      return this.#make(overrideId, rules);
    });
    this.#coming.set(key, { rules, done });
    return done;
  }

  /** What its timer does: time passes, and what another calls his, too, is settled. */
  async due(stored: StoredOverride): Promise<{ change: object }> {
    const nowMs = Date.now();
    const isForgotten = stored.phase === 'over' && nowMs >= stored.changedAtMs + SHOWN_MS;
    if (isForgotten && stored.claimed === true) return { change: { $set: { archived: true } } };
    const settled = stored.claimed === true ? ruled(stored) : await this.#settled(ruled(stored));
    const { change } = changeOf({ ...stored, claimed: true }, passed(settled, nowMs), nowMs);
    return { change: { ...change, $set: { ...change.$set, claimed: true } } };
  }

  /**
   * It, without what a later one has. Whoever holds less is told, here and there: two that were taken at one moment, of
   * which neither knew, are both looked at after both are kept, so one of the looks sees both.
   */
  async #settled(override: Override): Promise<Override> {
    let mine = override;
    for (const other of (await this.open()).map(ruled)) {
      const things = other.overrideId === mine.overrideId ? nothing : disputed(mine, other);
      if (things.size === 0) continue;
      const isMine = holderOf(mine, other) === mine;
      const [his, here] = isMine ? [takenOver, takes] : [takes, takenOver];
      await this.turn(other.overrideId, (one) => his(one, things, mine.overrideId)).catch(unlessGone);
      mine = here(mine, things, other.overrideId);
    }
    return mine;
  }

  /** Everything simulated leaves. */
  async removeExercises(): Promise<number> {
    const found = await this.store.of(overrides).find({ exercise: true }).lean<StoredOverride[]>();
    for (const { _id } of found) await asExercise(true, () => this.store.remove(overrides, { _id }));
    return found.length;
  }

  async #make(overrideId: string, rules: readonly Rule[]): Promise<StoredOverride> {
    const { document } = await this.store.turn(overrides, overrideId, (found) => {
      const nowMs = Math.max(Date.now(), found.changedAtMs + 1);
      const before = ruled(found);
      const after = passed(
        rules.reduce((override, rule) => rule(override, nowMs), before),
        nowMs,
      );
      return after === before ? undefined : changeOf(found, after, nowMs);
    });
    return document;
  }
}

function changeOf(stored: StoredOverride, after: Override, nowMs: number) {
  const { phase, endedBy, endedAtMs, things } = after;
  // until it is known whose its things are, nothing puts off its timer, which settles that
  const wakeAtMs = stored.claimed === true ? (nextLookMs(after, nowMs) ?? nowMs + SHOWN_MS) : nowMs;
  const told = { phase, things: plain(things), changedAtMs: Math.max(nowMs, stored.changedAtMs + 1), wakeAtMs };
  const end = Object.entries({ endedBy, endedAtMs }).filter(([, value]) => value !== undefined);
  return { change: { $set: { ...told, ...Object.fromEntries(end) } } };
}

const nothing: ReadonlySet<string> = new Set();

/** A colleague's override that was cleared needs not be told. */
function unlessGone(error: unknown): undefined {
  if (error instanceof Fault && error.kind === 'not-found') return undefined;
  throw error;
}

/** Without what is undefined, which a database would keep as null. */
const plain = <One>(value: One): One => JSON.parse(JSON.stringify(value)) as One;
