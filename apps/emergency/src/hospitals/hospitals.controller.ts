import { Controller } from '@nestjs/common';
import {
  GetHospital,
  ListHospitals,
  ListOwnHospitals,
  PutHospital,
  ReportBeds,
  TakeBedFeed,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { countedAnew, eachOnce, isOlder, notAhead } from './bed-counts.ts';
import { readFeed } from './bed-feed.ts';
import { hospitalOf, wholeHospitalOf } from './hospital-document.ts';
import type { HospitalNow, StoredHospital } from './hospital-now.ts';
import { HospitalsStore } from './hospitals.store.ts';
import { noSuchHospital, tieTo } from './whose-hospitals.ts';

/** The register of hospitals, and their beds as they are counted. */
@Controller()
export class HospitalsController {
  constructor(private readonly hospitals: HospitalsStore) {}

  @Route(PutHospital)
  async put({ params: { hospitalId }, body }: InputOf<typeof PutHospital>) {
    const { exercise } = currentContext();
    const fresh: HospitalNow = {
      ...{ ...body, emsTraffic: 'normal', counted: [], requests: [], changedAtMs: Date.now(), exercise },
    };
    const made = await this.hospitals.register(hospitalId, fresh);
    if (made !== undefined) return wholeHospitalOf(made);
    const { kelurahanCode, isApproximate, telephone } = body;
    const fields = { ...body, kelurahanCode, isApproximate, telephone };
    return wholeHospitalOf(await this.hospitals.act(hospitalId, () => ({ fields })));
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
    return { items: (await this.hospitals.all({ people: id })).map(wholeHospitalOf) };
  }

  @Route(ReportBeds)
  async report({ params: { hospitalId }, body: { beds, emsTraffic } }: InputOf<typeof ReportBeds>) {
    const { principal } = currentContext();
    eachOnce(beds);
    const reported = await this.hospitals.act(hospitalId, (hospital) => {
      const atMs = Math.max(Date.now(), ...hospital.counted.map((one) => one.atMs + 1));
      const counted = countedAnew(hospital.counted, { beds, atMs, source: tieTo(hospital, principal) });
      const said = emsTraffic && { emsTraffic, emsSaid: { by: principal.id, atMs } };
      return { fields: { counted, ...said } };
    });
    return wholeHospitalOf(reported);
  }

  @Route(TakeBedFeed)
  async feed({ params: { hospitalId }, body: { atMs, rows } }: InputOf<typeof TakeBedFeed>) {
    notAhead(atMs, Date.now());
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
}

/** Its own device or people, or who keeps the register. */
function mayFeed(hospital: StoredHospital): void {
  const { principal } = currentContext();
  if (principal.roles.includes('device') && !hospital.people.includes(principal.id)) throw noSuchHospital(hospital._id);
  tieTo(hospital, principal);
}
