import { Injectable } from '@nestjs/common';
import {
  ConditionChanged,
  Fault,
  type InputOf,
  type ListStreetReports,
  type Place,
  type StreetTrouble,
} from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { asExercise, CityRecords, currentContext } from '@siaga/service';
import { emission, Store, trusted, type Change, type Emission, type Page } from '@siaga/store';
import { kelurahanOf } from '../register/columns.ts';
import { dueAtMs } from './city-days.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { reports, type LampOfReport, type ReportDocument, type StoredReport, type Voice } from './report-document.ts';
import { numberOf } from './report-numbers.ts';
import { conditionOf, JOINED_WITHIN_M } from './report-rules.ts';
import { forgetAtMs } from './report-timer.ts';

/** What somebody told, and what it is about. */
export interface Told extends Omit<Voice, 'atMs'> {
  trouble: StreetTrouble;
  /** As it was named; absent when a place was told. */
  lampId?: string | undefined;
  /** The register's; absent when it knows none. */
  lamp?: LampOfReport | undefined;
  place?: Place | undefined;
}

/** What changes of a report, besides when: the rest follows. */
export type ReportFields = Partial<ReportDocument>;

/** Of reports that wait. */
const OPEN = ['accepted', 'scheduled'] as const;

/** A report keeps so many voices; it counts all of them. */
const MOST_VOICES = 200;

/** So often a change is tried when others change the same report at the same moment. */
const TRIES = 5;

/** Reports of the context's city: each turn is one atomic change of one document, with what the alarm desk is told. */
@Injectable()
export class ReportsStore {
  readonly #inTurn = new OneAtATime();

  constructor(
    private readonly store: Store,
    private readonly records: CityRecords,
  ) {}

  /** Joins what was told with an open report of the same, or opens one; a repeat of the same words changes nothing. */
  take(told: Told): Promise<StoredReport> {
    const { city, exercise } = currentContext();
    // in turn, so that two who tell of one place at the same moment are joined
    return this.#inTurn.run(city, () => asExercise(exercise || told.lamp?.exercise === true, () => this.#take(told)));
  }

  /** Also what people said. */
  async withVoices(reportId: string): Promise<StoredReport> {
    const found = await this.store.of(reports).findOne({ _id: reportId }).select('+voices').lean<StoredReport | null>();
    if (found === null) throw unknown(reportId);
    return found;
  }

  /** The report in which somebody said this, with his words. */
  async heard(voiceId: string): Promise<{ report: StoredReport; voice: Voice } | undefined> {
    const report = await this.#saidIn(voiceId);
    const voice = report?.voices?.find((one) => one.voiceId === voiceId);
    return report === undefined || voice === undefined ? undefined : { report, voice };
  }

  /** Last changed first. */
  page(query: InputOf<typeof ListStreetReports>['query']): Promise<Page<ReportDocument>> {
    const { limit, after, q, open, ...asked } = query;
    const waits = open === undefined ? {} : { status: trusted(open ? { $in: OPEN } : { $nin: OPEN }) };
    const where = { $and: [asked, waits] } as never;
    const search = { text: q, fields: ['_id', 'lampId', 'lampName'] };
    return this.store.page(reports, { where, sort: 'changedAtMs', descending: true, limit, after, search });
  }

  /** Those of these numbers that are there. */
  some(reportIds: readonly string[]): Promise<StoredReport[]> {
    return this.store
      .of(reports)
      .find({ _id: trusted({ $in: reportIds }) } as never)
      .lean<StoredReport[]>();
  }

  /** Real reports: those of which work was done in this time, those first told in it, and those that wait now. */
  async between(fromMs: number, toMs: number): Promise<Record<'done' | 'told' | 'waiting', StoredReport[]>> {
    const within = trusted({ $gte: fromMs, $lt: toMs });
    const real = (where: object) =>
      this.store
        .of(reports)
        .find({ exercise: false, ...where } as never)
        .lean<StoredReport[]>();
    const [done, told, waiting] = await Promise.all([
      real({ status: 'done', closedAtMs: within }),
      real({ status: trusted({ $ne: 'dismissed' }), firstAtMs: within }),
      real({ status: trusted({ $in: OPEN }) }),
    ]);
    return { done, told, waiting };
  }

  /** Makes a turn of a report as it is now, however many others change it; undefined where the rule makes none. */
  async turn(
    reportId: string,
    rule: (report: StoredReport) => ReportFields | undefined,
  ): Promise<StoredReport | undefined> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const found = await this.store.find(reports, reportId);
      if (found === undefined) throw unknown(reportId);
      const fields = rule(found);
      if (fields === undefined) return undefined;
      const done = await this.#change(found, fields);
      if (done !== undefined) return done;
    }
    throw new Fault('conflict', `laporan ${reportId} sedang diubah, coba lagi · many change this report, try again`);
  }

  /** Everything simulated leaves. */
  async removeExercises(): Promise<number> {
    const found = await this.store.of(reports).find({ exercise: true }).lean<StoredReport[]>();
    for (const { _id } of found) await asExercise(true, () => this.store.remove(reports, { _id }));
    return found.length;
  }

  async #take(told: Told): Promise<StoredReport> {
    const said = await this.#saidIn(told.voiceId);
    if (said !== undefined) return said;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const alike = await this.#openLike(told);
      const taken = alike === undefined ? await this.#open(told) : await this.#join(alike, told);
      if (taken !== undefined) return taken;
    }
    throw new Fault('conflict', 'laporan sedang diubah, coba lagi · many report the same, try again');
  }

  async #saidIn(voiceId: string): Promise<StoredReport | undefined> {
    const found = await this.store
      .of(reports)
      .findOne({ 'voices.voiceId': voiceId } as never)
      .select('+voices')
      .lean<StoredReport | null>();
    return found ?? undefined;
  }

  /** The open report of the same: of the same lamp, or, where either names none, the nearest within reach. */
  async #openLike({ trouble, lampId, lamp, place }: Told): Promise<StoredReport | undefined> {
    const { exercise } = currentContext();
    const status = trusted({ $in: OPEN });
    const open = await this.store
      .of(reports)
      .find({ trouble, exercise, status } as never)
      .lean<StoredReport[]>();
    const same = lampId === undefined ? undefined : open.find((report) => report.lampId === lampId);
    const here = lamp?.place ?? place;
    if (same !== undefined || here === undefined) return same;
    const near = open.flatMap((report) => {
      if (report.place === undefined || (lampId !== undefined && report.lampId !== undefined)) return [];
      const metres = distanceM(here, report.place);
      return metres <= JOINED_WITHIN_M ? [{ report, metres }] : [];
    });
    return near.toSorted((one, other) => one.metres - other.metres)[0]?.report;
  }

  #open(told: Told): Promise<StoredReport | undefined> {
    const { city, exercise } = currentContext();
    const { trouble, lampId, lamp, place = lamp?.place } = told;
    const nowMs = Date.now();
    const named = lampId === undefined ? {} : { lampId, openKey: openKeyOf(lampId, trouble, exercise) };
    const known = lamp === undefined ? {} : { lampName: lamp.name };
    const document: ReportDocument = {
      ...{ ...named, ...known, trouble, status: 'accepted', exercise, within: lamp?.within ?? [] },
      ...(lampId !== undefined && lamp === undefined ? { isUnknownLamp: true as const } : {}),
      ...(place === undefined ? {} : { place: { lat: place.lat, lng: place.lng }, ...kelurahanOf(place) }),
      ...{ times: 1, sources: [told.source], firstAtMs: nowMs, lastAtMs: nowMs, changedAtMs: nowMs },
      dueAtMs: dueAtMs(nowMs, this.records.of(city)?.timezone ?? 'UTC'),
    };
    const wakeAtMs = forgetAtMs(document);
    const full = { ...document, _id: numberOf('LAP'), wakeAtMs, voices: [voiceOf(told, nowMs)] };
    return this.store.create(reports, full, { events: toldOf(document, nowMs) }).catch((error: unknown) => {
      if (error instanceof Fault && error.kind === 'conflict') return undefined;
      throw error;
    });
  }

  #join(report: StoredReport, told: Told): Promise<StoredReport | undefined> {
    const nowMs = Date.now();
    const sources = [...new Set([...report.sources, told.source])];
    const adopted = told.lamp !== undefined && report.lampId === undefined ? adoptedBy(told.lamp, report) : {};
    const fields = { ...adopted, times: report.times + 1, sources, lastAtMs: nowMs };
    const heard = { voices: { $each: [voiceOf(told, nowMs)], $slice: -MOST_VOICES } };
    return this.#change(report, fields, { $push: heard });
  }

  /** As it was read: undefined when it was changed meanwhile. What is given as undefined is taken off. */
  async #change(
    report: StoredReport,
    fields: ReportFields,
    further: Change<ReportDocument>['change'] = {},
  ): Promise<StoredReport | undefined> {
    const nowMs = Math.max(Date.now(), report.changedAtMs + 1);
    const given = { ...fields, changedAtMs: nowMs };
    const after = { ...report, ...given };
    const absent = Object.entries(given).filter(([, value]) => value === undefined);
    const present = Object.entries(given).filter(([, value]) => value !== undefined);
    const change = {
      ...further,
      $set: { ...Object.fromEntries(present), wakeAtMs: forgetAtMs(after) },
      $unset: Object.fromEntries(absent.map(([name]) => [name, 1])),
    } as Change<ReportDocument>['change'];
    const where = { _id: report._id, version: report.version } as never;
    return asExercise(report.exercise, () =>
      this.store.change(reports, { where, change, events: toldOf(after, nowMs) }),
    );
  }
}

/** Somebody found out which lamp a place means. */
function adoptedBy(lamp: LampOfReport, { trouble, exercise }: StoredReport): ReportFields {
  const { lampId, name: lampName, place, within } = lamp;
  return { lampId, lampName, place, within, openKey: openKeyOf(lampId, trouble, exercise), ...kelurahanOf(place) };
}

const openKeyOf = (lampId: string, trouble: StreetTrouble, exercise: boolean) =>
  `${lampId}/${trouble}${exercise ? '/exercise' : ''}`;

function voiceOf({ voiceId, source, text, reporterName, reporterPhone }: Told, atMs: number): Voice {
  const given = Object.entries({ text, reporterName, reporterPhone }).filter(([, value]) => value !== undefined);
  return { voiceId, source, atMs, ...Object.fromEntries(given) };
}

function toldOf(report: ReportDocument, atMs: number): Emission[] {
  const condition = conditionOf(report, atMs);
  return condition === undefined ? [] : [emission(ConditionChanged, condition)];
}

const unknown = (reportId: string) => new Fault('not-found', `laporan ${reportId} tidak ada · there is no such report`);
