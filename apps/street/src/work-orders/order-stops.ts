import { Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import {
  AlarmChanged,
  belongsTo,
  Fault,
  type InputOf,
  type Lamp,
  type MakeWorkOrder,
  type Panel,
  type WorkStop,
} from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { lampKind } from '../lamps/lamp-kind.ts';
import { panelKind } from '../panels/panel-kind.ts';
import { answerOf, type Kind, type StoredThing } from '../register/kind.ts';
import { Things } from '../register/things.store.ts';
import type { StoredReport } from '../reports/report-document.ts';
import { ReportsStore } from '../reports/reports.store.ts';

const MOST_STOPS = 60;

type Asked = InputOf<typeof MakeWorkOrder>['body'];
type Reason = Pick<WorkStop, 'troubles' | 'reportIds' | 'alarmIds'>;
const noReason: Reason = { troubles: [], reportIds: [], alarmIds: [] };

/** What the register has of something, and whether it is simulated. */
interface Known<Thing> {
  exercise: boolean;
  thing: Thing;
}

/** Where a crew is to go, from what an order is made of: one stop for each lamp, panel or place, whatever names it. */
@Injectable()
export class OrderStops {
  constructor(
    private readonly things: Things,
    private readonly reports: ReportsStore,
    private readonly bus: EventBus,
  ) {}

  /** Also whether any of it is simulated: then the order is. */
  async of({ reportIds, alarmIds, lampIds, panelIds }: Asked): Promise<{ stops: WorkStop[]; exercise: boolean }> {
    const reported = await this.#waiting(reportIds);
    const alarms = await Promise.all(alarmIds.map((alarmId) => this.#alarm(alarmId)));
    const named = new Map<string, WorkStop>();
    const add = (key: string, what: Partial<WorkStop>) => {
      const before = named.get(key) ?? { ...what, ...noReason };
      const { troubles, reportIds: told, alarmIds: alarmed } = { ...noReason, ...what };
      named.set(key, {
        ...before,
        troubles: [...new Set([...before.troubles, ...troubles])],
        reportIds: [...new Set([...before.reportIds, ...told])],
        alarmIds: [...new Set([...before.alarmIds, ...alarmed])],
      });
    };
    for (const { _id, lampId, place, trouble } of reported)
      add(lampId === undefined ? _id : `lamp:${lampId}`, { lampId, place, troubles: [trouble], reportIds: [_id] });
    for (const { data } of alarms) {
      const { alarmId, thing, place } = data;
      const { kind, thingId } = thing;
      const of = kind === 'lamp' ? { lampId: thingId } : kind === 'panel' ? { panelId: thingId } : {};
      add(`${kind}:${thingId}`, { ...of, place, alarmIds: [alarmId] });
    }
    for (const lampId of lampIds) add(`lamp:${lampId}`, { lampId });
    for (const panelId of panelIds) add(`panel:${panelId}`, { panelId });
    if (named.size > MOST_STOPS)
      throw new Fault(
        'invalid',
        `paling banyak ${String(MOST_STOPS)} tempat dalam satu perintah kerja · at most 60 stops`,
      );
    const { stops, things } = await this.#registered([...named.values()], { lampIds, panelIds });
    const exercise = currentContext().exercise || [...reported, ...alarms, ...things].some((from) => from.exercise);
    return { stops, exercise };
  }

  async #waiting(reportIds: readonly string[]): Promise<StoredReport[]> {
    const found = new Map((await this.reports.some(reportIds)).map((report) => [report._id, report]));
    return [...new Set(reportIds)].map((reportId) => {
      const report = found.get(reportId);
      if (report === undefined) throw new Fault('invalid', `laporan ${reportId} tidak ada · there is no such report`);
      if (report.status !== 'accepted' || report.workOrderId !== undefined)
        throw new Fault(
          'conflict',
          `laporan ${reportId} sudah ditutup atau ada di perintah kerja lain · closed, or in another order`,
        );
      return report;
    });
  }

  async #alarm(alarmId: string) {
    const { city, principal } = currentContext();
    const table = this.bus.table(AlarmChanged, city);
    await table.ready;
    const alarm = table.entry(alarmId);
    if (alarm === undefined || !belongsTo(principal, [alarm.data.agency, 'command']))
      throw new Fault('invalid', `alarm ${alarmId} tidak ada · there is no such alarm`);
    return alarm;
  }

  /** What the register says of them. Who is named by hand must be in it; a report or an alarm may be of what left it. */
  async #registered(stops: WorkStop[], byHand: Pick<Asked, 'lampIds' | 'panelIds'>) {
    const lampIds = stops.flatMap(({ lampId }) => lampId ?? []);
    const panelIds = stops.flatMap(({ panelId }) => panelId ?? []);
    const lamps = await this.#known<Lamp>(lampKind, lampIds, byHand.lampIds);
    const panels = await this.#known<Panel>(panelKind, panelIds, byHand.panelIds);
    const told = stops.map((stop) => {
      const { poleNumber, road, watt, place } = lamps.get(stop.lampId ?? '')?.thing ?? {};
      const panel = panels.get(stop.panelId ?? '')?.thing;
      const at = place ?? panel?.place ?? stop.place;
      const facts = { poleNumber, road: road ?? panel?.road, watt, place: at && { lat: at.lat, lng: at.lng } };
      const given = Object.entries({ ...stop, ...facts }).filter(([, value]) => value !== undefined);
      return Object.fromEntries(given) as unknown as WorkStop;
    });
    return { stops: told, things: [...lamps.values(), ...panels.values()] };
  }

  async #known<Thing>(
    kind: Kind,
    ids: readonly string[],
    needed: readonly string[],
  ): Promise<Map<string, Known<Thing>>> {
    const known = await this.things.known(kind, ids);
    const missing = needed.find((id) => !known.has(id));
    if (missing !== undefined) throw new Fault('invalid', `${missing} tidak terdaftar · is not registered`);
    const thingOf = (stored: StoredThing) => ({ exercise: stored.exercise, thing: answerOf(kind, stored) as Thing });
    return new Map([...known].map(([id, stored]) => [id, thingOf(stored)]));
  }
}
