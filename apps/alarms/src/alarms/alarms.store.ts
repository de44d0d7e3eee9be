import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AlarmLogged, Fault, type Agency, type InputOf, type ListAlarms } from '@siaga/contracts';
import { asExercise } from '@siaga/service';
import { defined, setOrUnset, emission, Store, trusted, type Change, type Emission, type Page } from '@siaga/store';
import { alarms, type AlarmDocument, type StoredAlarm } from './alarm-document.ts';
import { loggedOf, raised, REOPEN_MS, reopened, type RootSaid, type Turn } from './alarm-steps.ts';

/** An alarm shows its last steps; all of them are in the log. */
const MOST_STEPS = 200;

/** So often a turn is tried when others change the same alarm at the same moment. */
const TRIES = 5;

/** Alarms and their turns: each is one atomic change of one document, with what is told of it. */
@Injectable()
export class AlarmsStore {
  constructor(private readonly store: Store) {}

  active(): Promise<StoredAlarm[]> {
    return this.store.of(alarms).find({ status: 'active' }).lean<StoredAlarm[]>();
  }

  find(alarmId: string): Promise<StoredAlarm | undefined> {
    return this.store.find(alarms, alarmId);
  }

  /** Also its timeline. */
  async withTimeline(alarmId: string): Promise<StoredAlarm | undefined> {
    const found = await this.store.of(alarms).findOne({ _id: alarmId }).select('+timeline').lean<StoredAlarm | null>();
    return found ?? undefined;
  }

  /** In the order of lists; `agencies`: of these only. */
  page(
    agencies: readonly Agency[] | undefined,
    query: InputOf<typeof ListAlarms>['query'],
  ): Promise<Page<AlarmDocument>> {
    const { limit, after, q, agency, status, severity, thing, unanswered } = query;
    const asked = defined({ agency, status, severity, thingKey: thing });
    const seen = agencies === undefined ? [] : [{ agency: trusted({ $in: agencies }) }];
    const waits = unanswered === undefined ? [] : [{ acknowledgement: trusted({ $exists: !unanswered }) }];
    const where = { $and: [asked, ...seen, ...waits] } as never;
    return this.store.page(alarms, { where, sort: 'order', limit, after, search: { text: q, fields: ['name', 'thingKey', 'kind'] } }); // prettier-ignore
  }

  /** Everything simulated leaves. */
  async removeExercises(): Promise<number> {
    const found = await this.store.of(alarms).find({ exercise: true }).lean<StoredAlarm[]>();
    for (const { _id } of found) await asExercise(true, () => this.store.remove(alarms, { _id }));
    return found.length;
  }

  /** The alarm of a root: the one that ended a moment ago, opened again, or a new one. Its id; undefined when somebody was faster. */
  async raise(said: RootSaid, nowMs: number): Promise<string | undefined> {
    const [last] = await this.store
      .of(alarms)
      .find({ conditionKey: said.conditionKey, clearedAtMs: trusted({ $gt: nowMs - REOPEN_MS }) })
      .sort({ clearedAtMs: -1 })
      .limit(1)
      .lean<StoredAlarm[]>();
    if (last?.status === 'cleared' && last.exercise === said.exercise)
      return (await this.turn(last, reopened(last, said, nowMs)))?._id;
    return this.create(raised(said, nowMs));
  }

  /** Writes a turn of an alarm as it was read; undefined when it was changed meanwhile. */
  async turn({ _id, version }: StoredAlarm, made: Turn): Promise<StoredAlarm | undefined> {
    const where = { _id, version } as never;
    return asExercise(made.alarm.exercise, () => this.store.change(alarms, { where, ...changeOf(_id, made) }));
  }

  /**
   * Makes a turn of an alarm as it is now, however many others change it: answers what it then is, or `refused` with
   * what it is when the rule makes none.
   */
  async act(
    alarmId: string,
    rule: (alarm: StoredAlarm) => Turn | undefined,
  ): Promise<{ done: StoredAlarm } | { refused: StoredAlarm } | undefined> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const found = await this.find(alarmId);
      if (found === undefined) return undefined;
      const made = rule(found);
      if (made === undefined) return { refused: found };
      const done = await this.turn(found, made);
      if (done !== undefined) return { done };
    }
    throw changedMeanwhile(alarmId);
  }

  private async create(first: Turn): Promise<string | undefined> {
    const alarmId = randomUUID();
    const { wakeAtMs = first.alarm.raisedAtMs, ...alarm } = first.alarm;
    const document = { ...defined(alarm), wakeAtMs, _id: alarmId, timeline: [...first.steps] };
    try {
      await asExercise(first.alarm.exercise, () =>
        this.store.create(alarms, document, { events: emissionsOf(alarmId, first) }),
      );
    } catch (error) {
      if (error instanceof Fault && error.kind === 'conflict') return undefined;
      throw error;
    }
    return alarmId;
  }
}

/** An alarm that was read brings what only the store may write. */
const keptByStore: ReadonlySet<string> = new Set(['_id', 'version', 'timeline']);

/** What a turn writes, and tells. */
export function changeOf(alarmId: string, turn: Turn): Required<Pick<Change<AlarmDocument>, 'change' | 'events'>> {
  const fields = Object.entries(turn.alarm).filter(([name]) => !keptByStore.has(name));
  const steps = { $push: { timeline: { $each: turn.steps, $slice: -MOST_STEPS } } };
  const change = { ...setOrUnset(Object.fromEntries(fields)), ...(turn.steps.length === 0 ? {} : steps) };
  return { change, events: emissionsOf(alarmId, turn) };
}

const emissionsOf = (alarmId: string, { alarm, steps }: Turn): Emission[] =>
  steps.map((step) => emission(AlarmLogged, loggedOf(alarmId, alarm, step)));

const changedMeanwhile = (alarmId: string) =>
  new Fault('conflict', `alarm ${alarmId} sedang diubah banyak orang, coba lagi · many change this alarm, try again`);
