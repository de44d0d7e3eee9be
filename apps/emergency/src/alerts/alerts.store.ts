import { Injectable } from '@nestjs/common';
import { Fault, isUnderWay } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { Store, trusted } from '@siaga/store';
import { alerted, type Alerting } from '../dispatch/assignment-rules.ts';
import type { StoredUnit } from '../units/unit-now.ts';
import { UnitsStore } from '../units/units.store.ts';
import { alerts, type AlertDocument, type StoredAlert } from './alert-documents.ts';

const KEPT_MS = 86_400_000;

/** What is to be tried, and how it went. */
export type Wanted = Omit<AlertDocument, 'attempts' | 'isOver' | 'expiresAt' | 'failure'>;

/** Who rides in a unit. */
export type Crew = StoredUnit['crew'];

/** Alerts of crews that are under way. */
@Injectable()
export class AlertsStore {
  constructor(
    private readonly store: Store,
    private readonly units: UnitsStore,
  ) {}

  /** It is tried from now on; the same one again is one. */
  async begin(wanted: Wanted): Promise<void> {
    const { assignmentId, channel, to, sentAtMs } = wanted;
    await this.store.createIfFree(alerts, {
      ...{ _id: `${assignmentId}.${channel}.${to}`, ...wanted, attempts: 0, isOver: false },
      ...{ expiresAt: new Date(sentAtMs + KEPT_MS), wakeAtMs: sentAtMs },
    });
  }

  /** Who rides now, where the crew still does not know, as far as anybody here does; otherwise undefined. */
  async awaitedOf({ unitId, assignmentId }: StoredAlert): Promise<Crew | undefined> {
    const { assignment, crew } = (await this.units.find(unitId)) ?? {};
    const isAwaited = assignment?.assignmentId === assignmentId && assignment.status === 'dispatched';
    return isAwaited ? crew : undefined;
  }

  /** Into the assignment and its incident's timeline, once; where the assignment is over nobody needs to know. */
  async tell(unitId: string, alerting: Alerting): Promise<void> {
    const { assignmentId } = alerting;
    const actor = { by: currentContext().principal.id, nowMs: Date.now() };
    const told = this.units.act(unitId, ({ assignment, ...unit }) => {
      if (assignment?.assignmentId !== assignmentId || !isUnderWay(assignment)) return undefined;
      return alerted({ ...unit, assignment }, alerting, actor);
    });
    await told.catch((error: unknown) => {
      // taken out of the register meanwhile
      if (!(error instanceof Fault) || error.kind !== 'not-found') throw error;
    });
  }

  /** Why the last try failed; the next one comes by its timer. */
  async notTaken({ _id }: StoredAlert, failure: string): Promise<void> {
    await this.store.change(alerts, { where: { _id, isOver: false }, change: { $set: { failure } } });
  }

  /** It is over, and its number is forgotten. */
  async end({ _id }: StoredAlert): Promise<void> {
    await this.store.change(alerts, { where: { _id }, change: over });
  }

  /** Nothing more of it is tried: it was accepted, or is over. */
  async drop(assignmentId: string): Promise<void> {
    await this.endAll({ assignmentId });
  }

  /** Not even about what waits. */
  async dropMessages(): Promise<void> {
    await this.endAll({ channel: trusted({ $in: ['sms', 'whatsapp'] }) });
  }

  async removeExercises(): Promise<void> {
    await this.store.of(alerts).deleteMany({ exercise: true });
  }

  private async endAll(where: object): Promise<void> {
    const found = await this.store
      .of(alerts)
      .find({ ...where, isOver: false } as never)
      .lean<StoredAlert[]>();
    for (const alert of found) await this.end(alert);
  }
}

const over = { $set: { isOver: true }, $unset: { number: 1, wakeAtMs: 1 } } as const;
