import { Injectable } from '@nestjs/common';
import type { Place, StreetTrouble } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { currentContext, numberOf } from '@siaga/service';
import { defineCollection, Store, trusted, type Stored } from '@siaga/store';
import { reports } from './report-document.ts';
import { JOINED_WITHIN_M } from './report-rules.ts';
import { wordOf } from './same-trouble.ts';

/** A number that was taken to open a report of a place with. */
export interface Opening {
  reportId: string;
  place: { lat: number; lng: number };
  /** Of a report that names its lamp. */
  lampId?: string | undefined;
}

interface Openings {
  /** The last ones, oldest first. */
  openings: Opening[];
  exercise: boolean;
}

/** What was opened last of one trouble in a city; `_id` is the trouble. */
export const reportOpenings = defineCollection<Openings>({
  name: 'street_report_openings',
  fields: {
    openings: [
      { _id: false, reportId: String, place: { type: { lat: Number, lng: Number }, _id: false }, lampId: String },
    ],
    exercise: { type: Boolean, required: true },
  },
  indexes: [{ name: 'exercise', fields: { exercise: 1 } }],
});

/** One counts until its report is there, or for good when its process died before: far more than processes there are. */
const MOST = 64;

/** What is about to be opened. */
export interface Wanted {
  readonly trouble: StreetTrouble;
  readonly lampId?: string | undefined;
  readonly place: Place;
}

/** What was found before open reports were looked for. */
export interface Seen {
  /** The number of an opening near whose report is not there: yet, or for ever. */
  readonly unfinished: string | undefined;
  readonly stored: Stored<Openings>;
}

/**
 * Two who tell of one place at the same moment, through whichever processes, open one report: a number is taken in one guarded
 * change of one document, and whoever comes near an opening whose report is not there opens it under the same number,
 * which is free once. So a process that dies or sleeps in between leaves no second one, whenever it wakes.
 */
@Injectable()
export class ReportOpenings {
  constructor(private readonly store: Store) {}

  /** To be called before open reports are looked for: what was opened since makes {@link take} find no number. */
  async look(wanted: Wanted): Promise<Seen> {
    const stored = await this.#stored(wanted);
    const near = stored.openings.filter((one) => isNear(one, wanted)).map(({ reportId }) => reportId);
    if (near.length === 0) return { stored, unfinished: undefined };
    const found = await this.store
      .of(reports)
      .find({ _id: trusted({ $in: near }) } as never, { _id: 1 })
      .lean<{ _id: string }[]>();
    const known = new Set(found.map(({ _id }) => _id));
    return { stored, unfinished: near.find((reportId) => !known.has(reportId)) };
  }

  /** A number to open a report with; undefined when another was opened since the look. */
  async take({ lampId, place: { lat, lng } }: Wanted, { stored, unfinished }: Seen): Promise<string | undefined> {
    if (unfinished !== undefined) return unfinished;
    const reportId = numberOf('LAP');
    const opening: Opening = { reportId, place: { lat, lng }, ...(lampId === undefined ? {} : { lampId }) };
    const taken = await this.store.change(reportOpenings, {
      where: { _id: stored._id, version: stored.version },
      change: { $push: { openings: { $each: [opening], $slice: -MOST } } },
    });
    return taken === undefined ? undefined : reportId;
  }

  async removeExercises(): Promise<void> {
    // not by removeAll: it takes one document for each guard
    await this.store.of(reportOpenings).deleteMany({ exercise: true });
  }

  async #stored({ trouble }: Wanted): Promise<Stored<Openings>> {
    const { exercise } = currentContext();
    const _id = wordOf({ trouble, exercise });
    const found = await this.store.find(reportOpenings, _id);
    if (found !== undefined) return found;
    await this.store.createIfFree(reportOpenings, { _id, openings: [], exercise });
    return this.store.get(reportOpenings, _id);
  }
}

/** Neighbours that are both named are two troubles. */
const isNear = ({ place, lampId }: Opening, wanted: Wanted): boolean =>
  (lampId === undefined || wanted.lampId === undefined || lampId === wanted.lampId) &&
  distanceM(place, wanted.place) <= JOINED_WITHIN_M;
