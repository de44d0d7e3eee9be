import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { AssignmentId, Channel, dispatchDesk, emergencyAgencies, IncidentId } from './emergency.ts';
import {
  BedClass,
  BedCount,
  BedRequestId,
  ByHospital,
  EmsTraffic,
  Hospital,
  hospitalAgencies,
  hospitalAndDesk,
  PreArrivalNote,
} from './emergency-hospitals.ts';
import { EpochMs, label } from './shapes.ts';

const ofHospital = {
  method: 'POST',
  answer: Hospital,
  status: 200,
  permission: hospitalAndDesk,
  agencies: hospitalAgencies,
} as const;
const ofDesk = { ...ofHospital, permission: dispatchDesk, agencies: emergencyAgencies } as const;
const ByRequest = ByHospital.extend({ requestId: BedRequestId });

export const ReportBeds = defineRoute({
  name: 'emergency.hospitals.report-beds',
  summary:
    'Beds as the hospital counts them now, by its own page, or by the desk that heard it from somebody there; kinds that are not named stay as they are. What is held stays held. Whether ambulances may come is said with a reason, unless as usual.',
  path: '/api/emergency/hospitals/:hospitalId/beds',
  params: ByHospital,
  body: z.object({
    beds: z.array(BedCount).max(BedClass.options.length),
    emsTraffic: EmsTraffic.optional(),
    /** Of `advisory` and `closed`: why. */
    emsReason: label(120).optional(),
    /** By what way the desk heard it, and of whom. */
    channel: Channel.optional(),
    saidBy: label(60).meta({ class: 'personal' }).optional(),
  }),
  ...ofHospital,
});

/**
 * Rows as RS Online/SIRANAP has them (`id_tt`, `ruang`, `jumlah`, `terpakai`, …): numbers may be text. It knows no
 * reservation, so what it says never touches what is held.
 */
export const TakeBedFeed = defineRoute({
  name: 'emergency.hospitals.take-feed',
  summary:
    'Rows of RS Online/SIRANAP for one hospital: rooms of one kind are added up. A row that cannot be read is refused with the reason, and so is its kind of beds; the rest is taken. Counts older than what is known are dropped.',
  ...ofHospital,
  path: '/api/emergency/hospitals/:hospitalId/feed',
  params: ByHospital,
  body: z.object({ atMs: EpochMs, rows: z.array(z.record(z.string(), z.unknown())).max(500) }),
  answer: z.object({
    taken: z.array(BedClass),
    older: z.array(BedClass),
    refused: z.array(z.object({ row: z.number().int().min(0), reason: z.string() })),
  }),
  permission: ['device', 'responder', 'supervisor', 'agency-admin'],
});

export const RequestBed = defineRoute({
  name: 'emergency.hospitals.request-bed',
  summary:
    'Holds one bed for a patient of an incident, for 60 minutes: the last one goes to exactly one; 409 tells who was faster, and where nobody counted that kind of beds.',
  path: '/api/emergency/hospitals/:hospitalId/requests',
  params: ByHospital,
  body: z.object({
    incidentId: IncidentId,
    assignmentId: AssignmentId.optional(),
    bedClass: BedClass,
    note: PreArrivalNote.optional(),
  }),
  ...ofDesk,
});

export const ExtendBedRequest = defineRoute({
  name: 'emergency.hospitals.extend-request',
  summary: 'Holds the bed for 60 minutes more from now. 409 when it is no longer held.',
  path: '/api/emergency/hospitals/:hospitalId/requests/:requestId/extension',
  params: ByRequest,
  ...ofDesk,
});

export const CancelBedRequest = defineRoute({
  name: 'emergency.hospitals.cancel-request',
  summary: 'The bed is free again, with the reason: by the desk, or by the hospital that cannot take the patient.',
  path: '/api/emergency/hospitals/:hospitalId/requests/:requestId/cancel',
  params: ByRequest,
  body: z.object({ reason: label(200) }),
  ...ofHospital,
});

export const AnnouncePatient = defineRoute({
  name: 'emergency.hospitals.announce',
  summary: 'Tells the hospital who comes, before he is there. A later note replaces it, and is to be read again.',
  path: '/api/emergency/hospitals/:hospitalId/requests/:requestId/note',
  params: ByRequest,
  body: PreArrivalNote,
  ...ofDesk,
});

export const AcknowledgePatient = defineRoute({
  name: 'emergency.hospitals.acknowledge',
  summary:
    'The IGD has read who comes; or the desk heard it say so, by this way. 409 when the note is another by now than the one it read.',
  path: '/api/emergency/hospitals/:hospitalId/requests/:requestId/acknowledgement',
  params: ByRequest,
  body: z.object({
    channel: Channel.optional(),
    /** Which note was read: the `announced.atMs` that stood with it. Absent: whichever there is. */
    announcedAtMs: EpochMs.optional(),
  }),
  ...ofHospital,
});

export const ReceivePatient = defineRoute({
  name: 'emergency.hospitals.receive',
  summary: 'The patient arrived, or was handed over: what the unit says itself counts the same. Back is none.',
  path: '/api/emergency/hospitals/:hospitalId/requests/:requestId/arrival',
  params: ByRequest,
  body: z.object({ status: z.enum(['arrived', 'handed-over']) }),
  ...ofHospital,
});
