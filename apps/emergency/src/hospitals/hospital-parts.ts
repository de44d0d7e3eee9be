import { ArrivalsProjection } from './arrivals.projection.ts';
import { BedRequestsController } from './bed-requests.controller.ts';
import { FirstHospitals } from './first-hospitals.ts';
import { hospitals } from './hospital-document.ts';
import { HospitalTimer } from './hospital-timer.ts';
import { HospitalsController } from './hospitals.controller.ts';
import { HospitalsStore } from './hospitals.store.ts';

/** What hospitals bring to the service. */
export const hospitalParts = {
  controllers: [HospitalsController, BedRequestsController, ArrivalsProjection],
  providers: [HospitalsStore, HospitalTimer, FirstHospitals],
  collections: [hospitals],
};
