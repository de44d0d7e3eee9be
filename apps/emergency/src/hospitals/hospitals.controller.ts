import { Controller } from '@nestjs/common';
import {
  AddHospitalPerson,
  Fault,
  GetHospital,
  GetHospitalEntry,
  ListHospitals,
  ListOwnHospitals,
  PutHospital,
  RemoveHospitalPerson,
  ReportBeds,
  TakeBedFeed,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { countedAnew, countedAt, eachOnce, isOlder } from './bed-counts.ts';
import { readFeed } from './bed-feed.ts';
import { entryOf, hospitalOf, wholeHospitalOf } from './hospital-document.ts';
import { reportedBeds } from './bed-report.ts';
import type { HospitalNow, StoredHospital } from './hospital-now.ts';
import { HospitalsStore } from './hospitals.store.ts';
import { noSuchHospital, tieTo } from './whose-hospitals.ts';

/** The register of hospitals, and their beds as they are counted. */
@Controller()
export class HospitalsController {
  constructor(private readonly hospitals: HospitalsStore) {}

  @Route(PutHospital)
  async put({ params: { hospitalId }, body: { people, feedClasses, ...entry } }: InputOf<typeof PutHospital>) {
    const { exercise } = currentContext();
    const fresh: HospitalNow = {
      ...{ ...entry, people: people ?? [], feedClasses: feedClasses ?? {}, emsTraffic: 'normal', counted: [] },
      ...{ requests: [], changedAtMs: Date.now(), exercise },
    };
    const made = await this.hospitals.register(hospitalId, fresh);
    if (made !== undefined) return hospitalOf(made);
    const { kelurahanCode, isApproximate, telephone } = entry;
    const fields = {
      ...{ ...entry, kelurahanCode, isApproximate, telephone },
      ...{ ...(people && { people }), ...(feedClasses && { feedClasses }) },
    };
    const turn = (hospital: StoredHospital) => {
      asRealAs(hospital);
      return { fields };
    };
    return hospitalOf(await this.hospitals.act(hospitalId, turn));
  }

  @Route(GetHospitalEntry)
  async entry({ params: { hospitalId } }: InputOf<typeof GetHospitalEntry>) {
    return entryOf(await this.hospitals.get(hospitalId));
  }

  @Route(AddHospitalPerson)
  add({ params: { hospitalId, principalId } }: InputOf<typeof AddHospitalPerson>) {
    return this.#people(hospitalId, (people) => [...new Set(people).add(principalId)]);
  }

  @Route(RemoveHospitalPerson)
  remove({ params: { hospitalId, principalId } }: InputOf<typeof RemoveHospitalPerson>) {
    return this.#people(hospitalId, (people) => people.filter((one) => one !== principalId));
  }

  @Route(ListHospitals)
  async list() {
    return { items: (await this.hospitals.all()).map(hospitalOf) };
  }

  @Route(GetHospital)
  async get({ params: { hospitalId } }: InputOf<typeof GetHospital>) {
    const hospital = await this.hospitals.get(hospitalId);
    tieTo(hospital, currentContext().principal);
    return wholeHospitalOf(hospital);
  }

  @Route(ListOwnHospitals)
  async own() {
    const { id } = currentContext().principal;
    const own = await this.hospitals.all({ people: id });
    return { items: own.map((one) => ({ ...wholeHospitalOf(one), ...(one.exercise && { exercise: true as const }) })) };
  }

  @Route(ReportBeds)
  async report({ params: { hospitalId }, body }: InputOf<typeof ReportBeds>) {
    const { principal } = currentContext();
    eachOnce(body.beds);
    const reported = await this.hospitals.act(hospitalId, (hospital) => {
      const source = tieTo(hospital, principal);
      asRealAs(hospital);
      const atMs = Math.max(Date.now(), ...hospital.counted.map((one) => one.atMs + 1));
      return { fields: reportedBeds(hospital, body, { by: principal.id, source, atMs }) };
    });
    return wholeHospitalOf(reported);
  }

  @Route(TakeBedFeed)
  async feed({ params: { hospitalId }, body: { atMs: saidMs, rows } }: InputOf<typeof TakeBedFeed>) {
    const atMs = countedAt(saidMs, Date.now());
    const before = await this.hospitals.get(hospitalId);
    mayFeed(before);
    const { beds, refused } = readFeed(rows, before.feedClasses);
    const older = new Set<string>();
    await this.hospitals.act(hospitalId, ({ counted }) => {
      older.clear();
      for (const { bedClass } of beds) if (isOlder(counted, bedClass, atMs)) older.add(bedClass);
      if (older.size === beds.length) return undefined;
      return { fields: { counted: countedAnew(counted, { beds, atMs, source: 'feed' }) } };
    });
    const classes = beds.map(({ bedClass }) => bedClass);
    const isOld = (bedClass: string) => older.has(bedClass);
    return { taken: classes.filter((one) => !isOld(one)), older: classes.filter(isOld), refused };
  }

  async #people(hospitalId: string, changed: (people: readonly string[]) => string[]) {
    const turn = (hospital: StoredHospital) => {
      asRealAs(hospital);
      return { fields: { people: changed(hospital.people) } };
    };
    return entryOf(await this.hospitals.act(hospitalId, turn));
  }
}

/** What is simulated counts no beds of a real hospital. */
function asRealAs({ name, exercise }: StoredHospital): void {
  if (currentContext().exercise && !exercise)
    throw new Fault('conflict', `${name}: simulasi tidak mengubah rumah sakit sungguhan · a simulation changes no real hospital`); // prettier-ignore
}

/** Its own device or people, or who keeps the register. */
function mayFeed(hospital: StoredHospital): void {
  const { principal } = currentContext();
  if (principal.roles.includes('device') && !hospital.people.includes(principal.id)) throw noSuchHospital(hospital._id);
  tieTo(hospital, principal);
  asRealAs(hospital);
}
