import { Injectable } from '@nestjs/common';
import {
  openAssignment,
  AssignmentChanged,
  BookingDecided,
  DutyDeclared,
  IncidentLogged,
  UnitMoved,
  type InputOf,
  type ListUnits,
} from '@siaga/contracts';
import { EventBus } from '@siaga/bus';
import { asExercise, currentContext } from '@siaga/service';
import { emission, setOrUnset, Store, trusted, type Emission, type OnceKey, type Page } from '@siaga/store';
import { givenBack } from '../bookings/slot-rules.ts';
import { leftAlone, type Turn } from '../dispatch/assignment-rules.ts';
import { units } from './unit-document.ts';
import type { StoredUnit, UnitNow } from './unit-now.ts';
import { wakeAtMsOf } from './unit-rules.ts';
import { agenciesSeen, noSuchUnit } from './whose-units.ts';

/** A crew's press, the desk's, and how each way of ringing it went come at the same moment. */
const TRIES = 20;

/** Units of the context's city: whatever happens to one is one guarded change of one document. */
@Injectable()
export class UnitsStore {
  constructor(
    private readonly store: Store,
    private readonly bus: EventBus,
  ) {}

  async get(unitId: string): Promise<StoredUnit> {
    const unit = await this.store.find(units, unitId);
    if (unit === undefined) throw noSuchUnit(unitId);
    return unit;
  }

  find(unitId: string): Promise<StoredUnit | undefined> {
    return this.store.find(units, unitId);
  }

  /** All of the city: some dozens. */
  async all(): Promise<StoredUnit[]> {
    return this.store.of(units).find({}).sort({ _id: 1 }).lean<StoredUnit[]>();
  }

  /** By id, those that the caller sees. */
  page({ limit, after, q, unitClass, duty }: InputOf<typeof ListUnits>['query']): Promise<Page<UnitNow>> {
    const seen = agenciesSeen(currentContext().principal);
    const where = {
      ...(seen === undefined ? {} : { agency: trusted({ $in: seen }) }),
      ...(unitClass === undefined ? {} : { unitClass }),
      ...(duty === undefined ? {} : { duty }),
    };
    return this.store.page(units, {
      where,
      limit,
      after,
      search: { text: q, fields: ['_id', 'name'] },
    });
  }

  /** Undefined when the id is taken. */
  register(unitId: string, unit: UnitNow): Promise<StoredUnit | undefined> {
    return asExercise(unit.exercise, () => this.store.createIfFree(units, { ...unit, _id: unitId }));
  }

  /** Changes a unit by its rule, however many others do; where the rule makes nothing it is as it is. */
  act(unitId: string, rule: (unit: StoredUnit) => Turn | undefined): Promise<StoredUnit> {
    return this.#turn(unitId, rule);
  }

  /** Like {@link act} for a rule that makes something each time: a repeat of the press, also after a crash, makes nothing. */
  actOnce(unitId: string, rule: (unit: StoredUnit) => Turn | undefined): Promise<StoredUnit> {
    const { press } = currentContext();
    return this.#turn(unitId, rule, press === undefined ? {} : { once: press });
  }

  async #turn(
    unitId: string,
    rule: (unit: StoredUnit) => Turn | undefined,
    counted: { once?: OnceKey } = {},
  ): Promise<StoredUnit> {
    await this.get(unitId);
    const turning = (unit: StoredUnit) => {
      const turn = rule(unit);
      return turn === undefined ? undefined : changeOf(unit, turn);
    };
    const { document } = await this.store.turn(units, unitId, turning, { tries: TRIES, ...counted });
    return document;
  }

  /** Takes it out by a rule that may refuse; false when somebody changed it meanwhile. */
  async remove({ _id, version, exercise }: StoredUnit, events: readonly Emission[] = []): Promise<boolean> {
    const gone = await asExercise(exercise, async () => {
      const removed = await this.store.remove(units, { _id, version }, events);
      if (removed !== undefined) await this.bus.retract(UnitMoved, _id);
      return removed;
    });
    return gone !== undefined;
  }

  /** The unit with this assignment, or undefined. */
  async withAssignment(assignmentId: string): Promise<StoredUnit | undefined> {
    const where = { 'assignment.assignmentId': assignmentId } as never;
    return (await this.store.of(units).findOne(where).lean<StoredUnit | null>()) ?? undefined;
  }

  /** Everything simulated leaves, with where it was; what one was on ends, or its incident could never be closed. */
  async removeExercises(): Promise<number> {
    const found = await this.store.of(units).find({ exercise: true }).lean<StoredUnit[]>();
    for (const { _id } of found) await this.#removeNow(_id);
    return found.length;
  }

  /** Real units that are on simulated incidents are their own again. */
  async leave(incidentIds: readonly string[]): Promise<void> {
    const where = { 'assignment.incidentId': trusted({ $in: incidentIds }), exercise: false } as never;
    const found = await this.store.of(units).find(where).lean<StoredUnit[]>();
    const those = new Set(incidentIds);
    for (const { _id } of found) await this.act(_id, (unit) => leftAlone(unit, those, Date.now()));
  }

  async #removeNow(unitId: string): Promise<void> {
    for (;;) {
      const unit = await this.store.find(units, unitId);
      if (unit === undefined || (await this.remove(unit, endOf(unit)))) return;
    }
  }
}

/** The change that a turn is, with what it tells. */
export function changeOf(unit: StoredUnit, { fields, tell = [], decided = [], declared }: Turn) {
  const changedAtMs = Math.max(Date.now(), unit.changedAtMs + 1);
  const wakeAtMs = wakeAtMsOf({ ...unit, ...fields });
  return {
    change: setOrUnset({ ...fields, changedAtMs, wakeAtMs }),
    events: [
      ...(declared === undefined ? [] : [emission(DutyDeclared, { ...declared, unitId: unit._id })]),
      ...decided.map((one) => emission(BookingDecided, one)),
      ...tell.flatMap(({ assignment, lines }) => [
        emission(AssignmentChanged, assignment),
        ...lines.map((line, at) =>
          emission(IncidentLogged, {
            ...line,
            entryId: entryIdOf(assignment, lines.length, at),
            agencies: [unit.agency],
          }),
        ),
      ]),
    ],
  };
}

/** By the assignment, not by the unit: a unit that was taken out and is put back counts from 1 again. */
const entryIdOf = ({ assignmentId, seq }: { assignmentId: string; seq: number }, lines: number, at: number) =>
  `${assignmentId}#${String(seq)}${lines === 1 ? '' : `.${String(at + 1)}`}`;

function endOf(unit: StoredUnit): Emission[] {
  const reason = 'simulasi dibersihkan · exercise cleared';
  const actor = { by: currentContext().principal.id, nowMs: Date.now() };
  const back = givenBack(unit, { ...actor, because: 'exercise-cleared' }).map((one) => emission(BookingDecided, one));
  const open = openAssignment(unit);
  if (open === undefined) return back;
  const { seq, atMs, ...rest } = open;
  const stamps = { ...atMs, cancelled: Date.now() };
  return [...back, emission(AssignmentChanged, { ...rest, status: 'cancelled', atMs: stamps, reason, seq: seq + 1 })];
}
