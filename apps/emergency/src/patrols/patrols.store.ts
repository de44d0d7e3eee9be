import { Injectable } from '@nestjs/common';
import type { InputOf, ListPatrols } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Blobs, setOrUnset, Store, trusted, type Page } from '@siaga/store';
import { patrols, type PatrolDocument, type StoredPatrol } from './patrol-document.ts';
import { wakeAtMsOf } from './patrol-life.ts';
import { begunAgain, type Turn } from './patrol-rules.ts';

/** Rounds of the context's city: whatever happens to one is one guarded change of one document. */
@Injectable()
export class PatrolsStore {
  constructor(
    private readonly store: Store,
    private readonly blobs: Blobs,
  ) {}

  get(patrolId: string): Promise<StoredPatrol> {
    return this.store.get(patrols, patrolId);
  }

  find(patrolId: string): Promise<StoredPatrol | undefined> {
    return this.store.find(patrols, patrolId);
  }

  /** The round as it is, or a new one. */
  async begin(patrolId: string, fresh: PatrolDocument): Promise<StoredPatrol> {
    const kept = { ...fresh, _id: patrolId, wakeAtMs: wakeAtMsOf(fresh) ?? 0 };
    const made = await asExercise(fresh.exercise, () => this.store.createIfFree(patrols, kept));
    return made ?? this.act(patrolId, (patrol) => begunAgain(patrol, fresh));
  }

  /** Changes a round by its rule, however many phones of its squad do; where the rule makes nothing it is as it is. */
  async act(patrolId: string, rule: (patrol: StoredPatrol) => Turn | undefined): Promise<StoredPatrol> {
    const { document } = await this.store.turn(patrols, patrolId, (patrol) => {
      const turn = rule(patrol);
      return turn === undefined ? undefined : { change: changeOf(patrol, turn) };
    });
    return document;
  }

  /** Last begun first; an exercise sees what is simulated, and nothing else. */
  page({ limit, after, q, day }: InputOf<typeof ListPatrols>['query']): Promise<Page<PatrolDocument>> {
    const { exercise } = currentContext();
    const where = day === undefined ? { exercise } : { day, exercise };
    const search = { text: q, fields: ['_id', 'unitName', 'routeName'] };
    return this.store.page(patrols, { where, sort: 'startedAtMs', descending: true, limit, after, search });
  }

  /** Those of days: from the first, before the second; an exercise sees what is simulated, and nothing else. */
  between(from: string, to: string): Promise<StoredPatrol[]> {
    const where = { day: trusted({ $gte: from, $lt: to }), exercise: currentContext().exercise } as never;
    return this.store.of(patrols).find(where).lean<StoredPatrol[]>();
  }

  /** The day of the first round that was ever kept. */
  async firstDay(): Promise<string | undefined> {
    const { exercise } = currentContext();
    const first = await this.store.of(patrols).findOne({ exercise }).sort({ day: 1 }).lean<StoredPatrol | null>();
    return first?.day;
  }

  /** Everything simulated leaves, with its pictures: first, so that what breaks off here is found again by its round. */
  async removeExercises(): Promise<number> {
    const found = await this.store.of(patrols).find({ exercise: true }).lean<StoredPatrol[]>();
    for (const patrol of found) await this.erasePhotos(patrol);
    for (const { _id } of found) await asExercise(true, () => this.store.remove(patrols, { _id }));
    return found.length;
  }

  /** Its pictures are its own: each has its number in it. */
  async erasePhotos({ photos }: Pick<PatrolDocument, 'photos'>): Promise<void> {
    for (const { hash } of photos) await this.blobs.remove(hash);
  }
}

/** The change that a turn is. */
export function changeOf(patrol: StoredPatrol, turn: Turn) {
  const changedAtMs = Math.max(Date.now(), patrol.changedAtMs + 1);
  return setOrUnset({ ...turn, changedAtMs, wakeAtMs: wakeAtMsOf({ ...patrol, ...turn }) });
}
