import { Injectable } from '@nestjs/common';
import type { IncidentLogged } from '@siaga/contracts';
import { Store, trusted } from '@siaga/store';
import { inOrder } from './line-order.ts';
import { timeline, type LineDocument } from './timeline-document.ts';

/** As many lines as one answer has. */
const MOST_LINES = 1000;

/** What lines are wanted of. */
interface Whose {
  incidentId: string;
  /** Incidents that were merged into it. */
  merged: readonly string[];
  /** Of its calls also what happened before they were anybody's. */
  callIds: readonly string[];
}

/** Lines of the context's city. */
@Injectable()
export class TimelineStore {
  constructor(private readonly store: Store) {}

  /** Keeps a line once, however often it is told. */
  async keep(entry: IncidentLogged, exercise: boolean): Promise<void> {
    const { entryId, incidentId, callId, otherIncidentId, atMs } = entry;
    await this.store.createIfFree(timeline, {
      ...{ _id: entryId, entry, atMs, at: new Date(atMs), exercise },
      ...(incidentId === undefined ? {} : { incidentId }),
      ...(callId === undefined ? {} : { callId }),
      ...(otherIncidentId === undefined ? {} : { otherIncidentId }),
    });
  }

  /** The last 1,000, oldest first. Whose a call is, the incident knows: lines told before it joined need no change. */
  async of(whose: Whose): Promise<IncidentLogged[]> {
    const found = await this.store.of(timeline).find(linesOf(whose)).sort({ atMs: -1 }).limit(MOST_LINES).lean<LineDocument[]>(); // prettier-ignore
    return inOrder(found.map(({ entry }) => entry));
  }

  /** All of them, oldest first: for what leaves the city in one file. */
  async every(whose: Whose): Promise<IncidentLogged[]> {
    const found = await this.store.of(timeline).find(linesOf(whose)).lean<LineDocument[]>();
    return inOrder(found.map(({ entry }) => entry));
  }

  /** Everything simulated leaves. */
  async removeExercises(): Promise<void> {
    await this.store.of(timeline).deleteMany({ exercise: true });
  }
}

const linesOf = ({ incidentId, merged, callIds }: Whose) =>
  ({
    $or: [
      { incidentId: trusted({ $in: [incidentId, ...merged] }) },
      { callId: trusted({ $in: callIds }) },
      { otherIncidentId: incidentId },
    ],
  }) as never;
