import { Injectable } from '@nestjs/common';
import { Fault, type PassedOver } from '@siaga/contracts';
import { Store, trusted, type Collection } from '@siaga/store';
import { bookings } from '../bookings/booking-document.ts';
import { calls } from '../calls/call-document.ts';
import { incidents } from '../incidents/incident-document.ts';
import { timeline, type LineDocument } from '../timeline/timeline-document.ts';
import { units } from '../units/unit-document.ts';
import type { StoredUnit } from '../units/unit-now.ts';
import type { BookingOfMonth } from './booking-figures.ts';
import { SAID_BEFORE_MS, type Span } from './duty-rules.ts';
import { dutyWords, type DutyWordDocument } from './duty-word-document.ts';
import type { CallOfMonth, IncidentOfMonth } from './month-cases.ts';

const DAY_MS = 86_400_000;

/** Some twenty times what a city of a million has in its worst month. */
const MOST_READ = 100_000;

/** Nobody sat in it. */
const withoutCrew: readonly PassedOver[] = ['no-crew', 'off-duty', 'unreported'];

interface Wanted {
  where: object;
  fields: readonly string[];
}

/** What a month is reckoned from: each collection is read once, and never who called or what was said. */
@Injectable()
export class MonthsStore {
  constructor(private readonly store: Store) {}

  incidents({ fromMs, toMs }: Span): Promise<IncidentOfMonth[]> {
    return this.#read(incidents, {
      where: { openedAtMs: within(fromMs, toMs), exercise: false },
      fields: ['status', 'kind', 'tag', 'place', 'calls', 'assignments', 'timesOfMerged', 'disposition', 'openedAtMs'],
    });
  }

  /** Simulated incidents of the span. */
  exercises({ fromMs, toMs }: Span): Promise<number> {
    const where = { openedAtMs: within(fromMs, toMs), exercise: true };
    return this.store.of(incidents).countDocuments(where as never);
  }

  /** From the day before on: an incident of the first minute began before it. */
  calls({ fromMs, toMs }: Span): Promise<CallOfMonth[]> {
    return this.#read(calls, {
      where: { startedAtMs: within(fromMs - DAY_MS, toMs), exercise: false },
      fields: ['status', 'startedAtMs', 'answeredAtMs', 'disposition', 'telephone'],
    });
  }

  /** To be picked up in the span. */
  bookings({ fromMs, toMs }: Span): Promise<BookingOfMonth[]> {
    return this.#read(bookings, {
      where: { pickUpAtMs: within(fromMs, toMs), exercise: false },
      fields: ['purpose', 'status', 'history.step'],
    });
  }

  units(): Promise<Pick<StoredUnit, '_id' | 'name' | 'unitClass' | 'agency'>[]> {
    return this.#read(units, { where: { exercise: false }, fields: ['name', 'unitClass', 'agency'] });
  }

  dutyWords({ fromMs, toMs }: Span): Promise<DutyWordDocument[]> {
    return this.#read(dutyWords, {
      where: { atMs: within(fromMs - SAID_BEFORE_MS, toMs) },
      fields: ['unitId', 'duty', 'atMs', 'untilMs'],
    });
  }

  /** Ids of units that were passed over because nobody was on duty, once for each time. */
  async skipped({ fromMs, toMs }: Span): Promise<string[]> {
    const lines = await this.#read<LineDocument, Pick<LineDocument, 'entry'>>(timeline, {
      where: { 'entry.step': 'unit-skipped', atMs: within(fromMs, toMs), exercise: false },
      fields: ['entry'],
    });
    return lines.flatMap(({ entry: { unitId, passedOver } }) =>
      unitId !== undefined && passedOver !== undefined && withoutCrew.includes(passedOver) ? [unitId] : [],
    );
  }

  async #read<Document, Answer>(collection: Collection<Document>, { where, fields }: Wanted): Promise<Answer[]> {
    const found = await this.store
      .of(collection)
      .find(where as never)
      .select(Object.fromEntries(fields.map((field) => [field, 1])))
      .limit(MOST_READ + 1)
      .lean<Answer[]>();
    if (found.length > MOST_READ)
      throw new Fault(
        'too-large',
        `lebih dari ${String(MOST_READ)} ${collection.called} dalam sebulan: minta rekapnya dari cadangan · too many for one month, take it from a backup`,
      );
    return found;
  }
}

const within = (fromMs: number, beforeMs: number) => trusted({ $gte: fromMs, $lt: beforeMs });
