import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import {
  AlarmChanged,
  audienceOf,
  belongsTo,
  CameraRegistered,
  CameraStateChanged,
  type EmergencyPlace,
} from '@siaga/contracts';
import { currentContext, PerCity, RouteSettings } from '@siaga/service';
import { CityStage, type Flagged } from '../dispatch/drill.ts';
import { hospitalOf } from '../hospitals/hospital-document.ts';
import type { StoredHospital } from '../hospitals/hospital-now.ts';
import { IncidentsStore } from '../incidents/incidents.store.ts';
import { alarmsAround, camerasAround, hospitalsAround, incidentsAround } from './around.ts';

interface Tables {
  readonly cameras: Table<CameraRegistered>;
  readonly states: Table<CameraStateChanged>;
  readonly alarms: Table<AlarmChanged>;
}

/** What is going on in the city around a place, as far as whoever asks may know of it. */
@Injectable()
export class CityAround implements OnModuleInit {
  readonly #tables: PerCity<Tables>;

  constructor(
    bus: EventBus,
    { cities }: RouteSettings,
    private readonly stage: CityStage,
    private readonly open: IncidentsStore,
  ) {
    this.#tables = new PerCity(cities, (city) => ({
      cameras: bus.table(CameraRegistered, city),
      states: bus.table(CameraStateChanged, city),
      alarms: bus.table(AlarmChanged, city),
    }));
  }

  async onModuleInit(): Promise<void> {
    const all = [...this.#tables.values()].flatMap(({ cameras, states, alarms }) => [cameras, states, alarms]);
    await Promise.all(all.map(({ ready }) => ready));
  }

  cameras(place: EmergencyPlace, call: Flagged) {
    const { cameras, states } = this.#tables.here;
    const { principal } = currentContext();
    const theirs = [...cameras.values()].filter(
      (camera) =>
        belongsTo(principal, audienceOf(CameraRegistered, camera)) &&
        this.stage.fits({ exercise: cameras.entry(camera.cameraId)?.exercise ?? false }, call),
    );
    return camerasAround(place, theirs, (cameraId) => states.get(cameraId));
  }

  alarms(place: EmergencyPlace, call: Flagged) {
    const { alarms } = this.#tables.here;
    const { principal } = currentContext();
    const theirs = [...alarms.values()].filter(
      (alarm) =>
        belongsTo(principal, audienceOf(AlarmChanged, alarm)) &&
        this.stage.fits({ exercise: alarms.entry(alarm.alarmId)?.exercise ?? false }, call),
    );
    return alarmsAround(place, theirs, Date.now());
  }

  hospitals(place: EmergencyPlace, { exercise, all }: Flagged & { all: readonly StoredHospital[] }) {
    return hospitalsAround(place, all.filter((one) => this.stage.fits(one, { exercise })).map(hospitalOf)); // prettier-ignore
  }

  /** Open ones but the call's own. */
  async incidents(place: EmergencyPlace, { exercise, except }: Flagged & { except: string | undefined }) {
    const open = (await this.open.open()).filter((one) => one._id !== except && this.stage.fits(one, { exercise }));
    return incidentsAround(
      place,
      open.map(({ _id, ...said }) => ({ ...said, incidentId: _id })),
    );
  }
}
