import type { Provider } from '@nestjs/common';
import { DeviceBodies, DeviceDoubts, DeviceProofs } from '@siaga/identity';
import { CallTimer } from './call-timer.ts';
import { calls } from './call-document.ts';
import { CallerPlacesController } from './caller-places.controller.ts';
import { CallsController } from './calls.controller.ts';
import { CallsStore } from './calls.store.ts';
import { ClosedIncidentsProjection } from './closed-incidents.projection.ts';
import { TELEPHONE_AGENCY, TelephoneController } from './telephone.controller.ts';

const providers: Provider[] = [
  ...[CallsStore, CallTimer, DeviceBodies],
  {
    provide: DeviceDoubts,
    inject: [DeviceProofs],
    useFactory: (proofs: DeviceProofs) => new DeviceDoubts(proofs, TELEPHONE_AGENCY),
  },
];

/** What calls bring to the service. */
export const callParts = {
  controllers: [CallsController, CallerPlacesController, TelephoneController, ClosedIncidentsProjection],
  providers,
  collections: [calls],
};
