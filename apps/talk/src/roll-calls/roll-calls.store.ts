import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Fault, MOST_CALLED, ROLL_CALL_MS, type RollCall, type RollCallRow } from '@siaga/contracts';
import { asExercise, currentContext, numberOfPress } from '@siaga/service';
import { defined, setOrUnset, Store, Timers, trusted, type Due, type Page } from '@siaga/store';
import type { Group } from '../groups/group-rules.ts';
import { ROLL_CALLS_KEPT_MS } from '../retention-rules.ts';
import {
  rollAnswers,
  rollCallOf,
  rollCalls,
  type RollAnswer,
  type RollCallDocument,
  type StoredRollCall,
} from './roll-call-document.ts';
import { over, type RollCallFields } from './roll-call-rules.ts';

/** Roll calls of the context's city, and who answered. */
@Injectable()
export class RollCallsStore implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.timers.onDue(rollCalls, (roll) => this.#due(roll));
  }

  get(rollCallId: string): Promise<StoredRollCall> {
    return this.store.get(rollCalls, rollCallId);
  }

  /** The same press makes the same one; one of a group at a time. */
  async call({ groupId, name, agencies }: Group, asked: RollCallDocument['asked']): Promise<StoredRollCall> {
    const { exercise, press, principal } = currentContext();
    const nowMs = Date.now();
    const untilMs = nowMs + ROLL_CALL_MS;
    const document = {
      ...{ _id: numberOfPress('APL'), groupId, name, agencies: [...agencies], asked: asked.slice(0, MOST_CALLED) },
      ...{ called: { by: principal.id, atMs: nowMs }, untilMs, wakeAtMs: untilMs, exercise },
      running: exercise ? `${groupId} exercise` : groupId,
    };
    return this.store
      .create(rollCalls, document, press === undefined ? {} : { once: press })
      .catch((error: unknown) => {
        if (!(error instanceof Fault) || error.kind !== 'conflict') throw error;
        throw new Fault('conflict', `apel di ${name} masih berjalan: selesaikan dulu · a roll call is running there: end it first`); // prettier-ignore
      });
  }

  /** The first answer of a radio stands. */
  async answer({ _id, exercise }: StoredRollCall, answer: Omit<RollAnswer, 'rollCallId'>): Promise<void> {
    const document = { ...answer, rollCallId: _id, _id: `${_id}/${answer.handsetId}` };
    await asExercise(exercise, () => this.store.createIfFree(rollAnswers, document));
  }

  async end(rollCallId: string): Promise<StoredRollCall> {
    const { document } = await this.store.turn(rollCalls, rollCallId, (roll) => changeOf(over(roll, Date.now())));
    return document;
  }

  /** Last first. */
  page(
    agencies: readonly string[] | undefined,
    query: { limit: number; after?: string | undefined },
  ): Promise<Page<RollCallDocument>> {
    const { exercise } = currentContext();
    const where = { exercise, ...(agencies && { agencies: trusted({ $in: [...agencies] }) }) } as never;
    return this.store.page(rollCalls, { where, sort: 'untilMs', descending: true, ...query });
  }

  async withAnswers(roll: StoredRollCall): Promise<RollCall> {
    const answers = await this.answersOf([roll._id]);
    const rows = roll.asked.map((row): RollCallRow => {
      const found = answers.find(({ handsetId }) => handsetId === row.handsetId);
      return found === undefined ? row : { ...row, answer: { by: found.by, atMs: found.atMs, way: found.way } };
    });
    return { ...rollCallOf(roll), rows };
  }

  /** Those that began in a span of time, and what was answered. */
  async within({
    fromMs,
    toMs,
  }: {
    fromMs: number;
    toMs: number;
  }): Promise<{ rolls: StoredRollCall[]; answers: RollAnswer[] }> {
    const untilMs = trusted({ $gte: fromMs + ROLL_CALL_MS, $lt: toMs + ROLL_CALL_MS });
    const where = { exercise: currentContext().exercise, untilMs } as never;
    const rolls = await this.store.of(rollCalls).find(where).lean<StoredRollCall[]>();
    return { rolls, answers: await this.answersOf(rolls.map(({ _id }) => _id)) };
  }

  private answersOf(rollCallIds: readonly string[]): Promise<RollAnswer[]> {
    const where = { rollCallId: trusted({ $in: [...rollCallIds] }) } as never;
    return this.store.of(rollAnswers).find(where).lean<RollAnswer[]>();
  }

  /** Over by itself; after its time it leaves with its answers. */
  async #due(roll: StoredRollCall): Promise<Due<RollCallDocument>> {
    const wakeAtMs = roll.untilMs + ROLL_CALLS_KEPT_MS;
    if (wakeAtMs > Date.now()) return { change: setOrUnset({ ...defined(over(roll, Date.now()) ?? {}), wakeAtMs }) };
    await this.store.of(rollAnswers).deleteMany({ rollCallId: roll._id });
    await this.store.remove(rollCalls, { _id: roll._id });
    return {};
  }
}

const changeOf = (fields: RollCallFields) => (fields === undefined ? undefined : { change: setOrUnset(fields) });
