import { Injectable } from '@nestjs/common';
import { Fault, type InputOf, type ListStreetReports, type Place, type StreetTrouble } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { asExercise, CityRecords, currentContext, numberOf, tooBusy } from '@siaga/service';
import { Store, trusted, type Change, type Page } from '@siaga/store';
import { kelurahanOf } from '../register/columns.ts';
import { OneAtATime } from '../one-at-a-time.ts';
import { reports, type LampOfReport, type ReportDocument, type StoredReport, type Voice } from './report-document.ts';
import { changeOf, toldOf, wakeAtMsOf, type ReportFields } from './report-life.ts';
import { ReportOpenings, type Seen, type Wanted } from './report-openings.ts';
import { JOINED_WITHIN_M } from './report-rules.ts';
import { openKeyOf, openTileOf, openTilesAround } from './same-trouble.ts';
import { dueAtMs } from './working-days.ts';

/** What somebody told, and what it is about. */
export interface Told extends Omit<Voice, 'atMs'> {
  /** Same on every repeat of the same words: of their key, of the press. */
  voiceId: string;
  trouble: StreetTrouble;
  /** As it was named; absent when a place was told. */
  lampId?: string | undefined;
  /** The register's; absent when it knows none. */
  lamp?: LampOfReport | undefined;
  place?: Place | undefined;
}

/** Of reports that wait. */
const OPEN = ['accepted', 'scheduled'] as const;

/** Of what came by codes on poles a report keeps so much; it counts all of it. */
const MOST_PUBLIC_VOICES = 100;

/** And so many who are known when they come again: to repeat themselves, or for the answer. */
const MOST_HEARD = 1000;

/** So many reports of lamps that are not registered may wait in a city: what is made up does not bury the desk. */
const MOST_STRANGE = 100;

/** So many from codes on poles wait for their turn; who writes down a call waits behind no more than these. */
const MOST_IN_TURN = 16;

/** So often a change is tried when others change the same report at the same moment. */
const TRIES = 10;

/** Reports of the context's city: each turn is one atomic change of one document, with what the alarm desk is told. */
@Injectable()
export class ReportsStore {
  readonly #inTurn = new OneAtATime();

  constructor(
    private readonly store: Store,
    private readonly records: CityRecords,
    private readonly openings: ReportOpenings,
  ) {}

  /** Joins what was told with an open report of the same, or opens one; a repeat of the same words changes nothing. */
  async take(told: Told): Promise<StoredReport> {
    const { city, exercise } = currentContext();
    if (told.source === 'public' && this.#inTurn.waiting(city) >= MOST_IN_TURN) throw tooBusy('api');
    // in turn, so that those who tell the same at the same moment do not try and try again; other processes do
    return this.#inTurn.run(city, () => asExercise(exercise || told.lamp?.exercise === true, () => this.#take(told)));
  }

  /** Also what people said. */
  async withVoices(reportId: string): Promise<StoredReport> {
    const found = await this.store
      .of(reports)
      .findOne({ _id: reportId })
      .select('+voices +publicVoices')
      .lean<StoredReport | null>();
    if (found === null) throw unknown(reportId);
    return found;
  }

  /** The report in which somebody was heard, and when he was. */
  async heard(voiceId: string): Promise<{ report: StoredReport; atMs: number } | undefined> {
    const report = await this.#heardIn(voiceId);
    const heard = report?.heard?.find((one) => one.voiceId === voiceId);
    return report === undefined || heard === undefined ? undefined : { report, atMs: heard.atMs };
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
    await this.openings.removeExercises();
    return found.length;
  }

  async #take(told: Told): Promise<StoredReport> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const heard = await this.#heardIn(told.voiceId);
      if (heard !== undefined) return heard;
      const wanted = wantedOf(told);
      // before open reports are looked for, so that none that is opened meanwhile is missed
      const seen = wanted && { wanted, ...(await this.openings.look(wanted)) };
      const alike = await this.#openLike(told);
      const taken = alike === undefined ? await this.#open(told, seen) : await this.#join(alike, told);
      if (taken !== undefined) return taken;
    }
    throw new Fault('conflict', 'laporan sedang diubah, coba lagi · many report the same, try again');
  }

  async #heardIn(voiceId: string): Promise<StoredReport | undefined> {
    const found = await this.store
      .of(reports)
      .findOne({ 'heard.voiceId': voiceId } as never)
      .select('+heard')
      .lean<StoredReport | null>();
    return found ?? undefined;
  }

  /** The open report of the same: of the same lamp, or, where either names none, the nearest within reach. */
  async #openLike({ trouble, lampId, lamp, place }: Told): Promise<StoredReport | undefined> {
    const { exercise } = currentContext();
    const find = (where: object) =>
      this.store
        .of(reports)
        .find(where as never)
        .lean<StoredReport[]>();
    const named = lampId === undefined ? [] : await find({ openKey: openKeyOf({ lampId, trouble, exercise }) });
    const here = lamp?.place ?? place;
    if (named[0] !== undefined || here === undefined) return named[0];
    const around = await find({ openTile: trusted({ $in: openTilesAround({ place: here, trouble, exercise }) }) });
    const near = around.flatMap((report) => {
      if (report.place === undefined || (lampId !== undefined && report.lampId !== undefined)) return [];
      const metres = distanceM(here, report.place);
      return metres <= JOINED_WITHIN_M ? [{ report, metres }] : [];
    });
    return near.toSorted((one, other) => one.metres - other.metres)[0]?.report;
  }

  /** undefined when somebody else has opened one near, or under the same number. */
  async #open(told: Told, seen: (Seen & { wanted: Wanted }) | undefined): Promise<StoredReport | undefined> {
    const { city, exercise } = currentContext();
    const { trouble, lampId, lamp, place = lamp?.place } = told;
    const isStrange = lampId !== undefined && lamp === undefined;
    if (isStrange) await this.#refuseTooStrange();
    const _id = seen === undefined ? numberOf('LAP') : await this.openings.take(seen.wanted, seen);
    if (_id === undefined) return undefined;
    const nowMs = Date.now();
    const document: ReportDocument = {
      ...{ trouble, status: 'accepted', exercise, within: lamp?.within ?? [] },
      ...(lampId === undefined ? {} : { lampId, openKey: openKeyOf({ lampId, trouble, exercise }) }),
      ...(lamp === undefined ? {} : { lampName: lamp.name }),
      ...(isStrange ? { isUnknownLamp: true as const } : {}),
      ...(place === undefined ? {} : { ...placed(place), openTile: openTileOf({ place, trouble, exercise }) }),
      ...{ times: 1, sources: [told.source], firstAtMs: nowMs, lastAtMs: nowMs, changedAtMs: nowMs },
      dueAtMs: dueAtMs(nowMs, this.records.timezoneOf(city)),
    };
    const { voiceId } = told;
    const said = { [voicesOf(told)]: [voiceOf(told, nowMs)], heard: [{ voiceId, atMs: nowMs }] };
    const full = { ...document, ...said, _id, wakeAtMs: wakeAtMsOf(document) };
    return this.store.create(reports, full, { events: toldOf(document, nowMs) }).catch((error: unknown) => {
      if (error instanceof Fault && error.kind === 'conflict') return undefined;
      throw error;
    });
  }

  async #refuseTooStrange(): Promise<void> {
    const where = { isUnknownLamp: true, status: trusted({ $in: OPEN }) };
    const waiting = await this.store.of(reports).countDocuments(where as never);
    if (waiting < MOST_STRANGE) return;
    throw new Fault(
      'too-many',
      'tiang ini tidak terdaftar, dan banyak laporan seperti itu sedang diperiksa: telepon 112 dan sebutkan tempatnya · this pole is not registered, and many such reports wait: call 112 and say where',
      { retryAfterS: 3600 },
    );
  }

  #join(report: StoredReport, told: Told): Promise<StoredReport | undefined> {
    const nowMs = Date.now();
    const sources = [...new Set([...report.sources, told.source])];
    const isNews = report.lampId === undefined || report.isUnknownLamp === true;
    const adopted = told.lamp !== undefined && isNews ? adoptedBy(told.lamp, report) : {};
    const fields = { ...adopted, times: report.times + 1, sources, lastAtMs: nowMs };
    const isPublic = told.source === 'public';
    const said = { $each: [voiceOf(told, nowMs)], ...(isPublic && { $slice: -MOST_PUBLIC_VOICES }) };
    const heard = { $each: [{ voiceId: told.voiceId, atMs: nowMs }], $slice: -MOST_HEARD };
    const unheard = { 'heard.voiceId': trusted({ $ne: told.voiceId }) };
    return this.#change(report, fields, { where: unheard, change: { $push: { [voicesOf(told)]: said, heard } } });
  }

  /** As it was read: undefined when it was changed meanwhile, or is not as `further` wants it. */
  async #change(
    report: StoredReport,
    fields: ReportFields,
    further: { where?: object; change?: Change<ReportDocument>['change'] } = {},
  ): Promise<StoredReport | undefined> {
    const { change, events } = changeOf(report, fields, Math.max(Date.now(), report.changedAtMs + 1));
    const where = { _id: report._id, version: report.version, ...further.where } as never;
    return asExercise(report.exercise, () =>
      this.store.change(reports, { where, change: { ...further.change, ...change }, events }),
    );
  }
}

/** Whoever tells no place means a lamp nobody knows: one report of it is open at a time. */
function wantedOf({ trouble, lampId, lamp, place: told }: Told): Wanted | undefined {
  const place = lamp?.place ?? told;
  return place === undefined ? undefined : { trouble, lampId, place };
}

/** Somebody found out which lamp a place means, or a lamp was registered meanwhile. */
function adoptedBy({ lampId, name, place, within }: LampOfReport, { trouble, exercise }: StoredReport): ReportFields {
  const same = { trouble, exercise };
  return {
    ...{ lampId, lampName: name, within, isUnknownLamp: undefined, ...placed(place) },
    ...{ openKey: openKeyOf({ lampId, ...same }), openTile: openTileOf({ place, ...same }) },
  };
}

const placed = ({ lat, lng }: Place) => ({ place: { lat, lng }, ...kelurahanOf({ lat, lng }) });

/** What anybody may have made up is kept apart from what was taken down. */
const voicesOf = ({ source }: Told) => (source === 'public' ? 'publicVoices' : 'voices');

function voiceOf({ source, text, reporterName, reporterPhone }: Told, atMs: number): Voice {
  const given = Object.entries({ text, reporterName, reporterPhone }).filter(([, value]) => value !== undefined);
  return { source, atMs, ...Object.fromEntries(given) };
}

const unknown = (reportId: string) => new Fault('not-found', `laporan ${reportId} tidak ada · there is no such report`);
