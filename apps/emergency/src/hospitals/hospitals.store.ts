import { Injectable } from '@nestjs/common';
import { IncidentLogged } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { emission, setOrUnset, Store, trusted } from '@siaga/store';
import { wakeAtMsOf, type Turn } from './bed-rules.ts';
import { hospitals } from './hospital-document.ts';
import type { HospitalNow, StoredHospital } from './hospital-now.ts';
import { noSuchHospital } from './whose-hospitals.ts';

/** A city has a handful: what asks all of them at once must not keep the last from the last bed. */
const TRIES = 40;

/** Hospitals of the context's city: a bed is promised by one guarded change of the hospital's own document. */
@Injectable()
export class HospitalsStore {
  constructor(private readonly store: Store) {}

  async get(hospitalId: string): Promise<StoredHospital> {
    const hospital = await this.store.find(hospitals, hospitalId);
    if (hospital === undefined) throw noSuchHospital(hospitalId);
    return hospital;
  }

  /** All of the city, by id: a handful. */
  all(where: Readonly<Record<string, unknown>> = {}): Promise<StoredHospital[]> {
    return this.store
      .of(hospitals)
      .find(where as never)
      .sort({ _id: 1 })
      .lean<StoredHospital[]>();
  }

  /** Undefined when the id is taken. */
  register(hospitalId: string, hospital: HospitalNow): Promise<StoredHospital | undefined> {
    return asExercise(hospital.exercise, () => this.store.createIfFree(hospitals, { ...hospital, _id: hospitalId }));
  }

  /**
   * Changes a hospital by its rule, however many others do; where the rule makes nothing it is as it is. A repeat of a press, also
   * after a crash, changes nothing more.
   */
  async act(hospitalId: string, rule: (hospital: StoredHospital) => Turn | undefined): Promise<StoredHospital> {
    await this.get(hospitalId);
    const turning = (hospital: StoredHospital) => {
      const turn = rule(hospital);
      return turn === undefined ? undefined : changeOf(hospital, turn);
    };
    const { press } = currentContext();
    const counted = press === undefined ? {} : { once: press };
    return (await this.store.turn(hospitals, hospitalId, turning, { tries: TRIES, ...counted })).document;
  }

  /** Everything simulated leaves. */
  async removeExercises(): Promise<number> {
    const found = await this.all({ exercise: true });
    for (const { _id } of found) await asExercise(true, () => this.store.remove(hospitals, { _id }));
    return found.length;
  }

  /** Those where a bed was asked for this unit, or for somebody of its incident. */
  awaiting({ assignmentId, incidentId }: { assignmentId: string; incidentId: string }): Promise<StoredHospital[]> {
    return this.all({ $or: [{ 'requests.assignmentId': assignmentId }, { 'requests.incidentId': incidentId }] });
  }

  /** Those where a bed was asked for one of these incidents. */
  asked(incidentIds: readonly string[]): Promise<StoredHospital[]> {
    return this.all({ 'requests.incidentId': trusted({ $in: incidentIds }) });
  }
}

/** The change that a turn is, with the lines it tells: each has its number by its request. */
export function changeOf(hospital: StoredHospital, { fields, lines = [] }: Turn) {
  const changedAtMs = Math.max(Date.now(), hospital.changedAtMs + 1);
  const wakeAtMs = wakeAtMsOf({ ...hospital, ...fields });
  return {
    change: setOrUnset({ ...fields, changedAtMs, wakeAtMs }),
    events: lines.map(({ request: { requestId, seq, incidentId }, ...line }) =>
      emission(IncidentLogged, {
        ...line,
        ...{ incidentId, hospital: hospital.name, entryId: `${requestId}#${String(seq)}`, agencies: [] },
      }),
    ),
  };
}
