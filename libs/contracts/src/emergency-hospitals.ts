import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { KelurahanCode } from './condition.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import {
  AssignmentId,
  Channel,
  Deed,
  dispatchDesk,
  emergencyAgencies,
  emergencyReaders,
  IncidentId,
  Simulated,
  TelephoneNumber,
} from './emergency.ts';
import { TriageTag } from './emergency-triage.ts';
import type { Role } from './role.ts';
import { EpochMs, label, Place, registerId, type Agency } from './shapes.ts';
import { lines } from './street-reports.ts';

const Count = z.number().int().min(0).max(5000);
/** People of a hospital are of `rs` alone: they are told nothing of the city but what the hospital's own page answers. */
export const hospitalAgencies: readonly Agency[] = [...emergencyAgencies, 'rs'];
/** The desk, and the people of the hospital itself. */
export const hospitalAndDesk: readonly Role[] = [...dispatchDesk, 'responder'];

export const HospitalId = registerId('hospitalId');
/** `RSV-7K2M9QXA` (reservasi): one bed asked for one patient. */
export const BedRequestId = z.string().regex(/^RSV-[0-9A-Z]{8}$/, 'requestId: RSV- and 8 letters or digits');

/** Kinds of beds that ambulances ask for; EDXL-HAVE BedType, with the IGD's own and HCU and NICU as hospitals here count them. */
export const BedClass = z.enum(['igd', 'icu', 'hcu', 'picu', 'nicu', 'isolation', 'maternity', 'ward-adult', 'ward-child', 'operating']); // prettier-ignore
export type BedClass = z.infer<typeof BedClass>;

/** May ambulances come? EDXL-HAVE EMSTraffic: as usual, think first, or not now. */
export const EmsTraffic = z.enum(['normal', 'advisory', 'closed']);
export type EmsTraffic = z.infer<typeof EmsTraffic>;

/** Counts older than this are *usang*, ms: hospitals report once a shift at best. */
export const BEDS_FRESH_MS = 6 * 3_600_000;
/** So long a bed is held, ms: longer than any way through the city with a patient. The desk may say so again. */
export const BED_HELD_MS = 3_600_000;

/** Beds of one kind as somebody counted them; more patients than beds is an IGD on a bad night: those wait for one. */
export const BedCount = z.object({ bedClass: BedClass, totalCount: Count, occupiedCount: Count });
export type BedCount = z.infer<typeof BedCount>;

/** Beds of one kind as they are known: free = total − occupied − held, never below 0. */
export const Beds = z.object({
  bedClass: BedClass,
  totalCount: Count,
  /** Patients; as many as there are more of them than beds wait for one. */
  occupiedCount: Count,
  /** Promised to ambulances, and taken by arrivals that the count is too old to have in it. */
  heldCount: Count,
  freeCount: Count,
  /** More is promised than the newest count leaves: somebody has to ring up. */
  isShort: z.literal(true).optional(),
  /** When it was counted. */
  atMs: EpochMs,
  source: z.enum(['feed', 'facility', 'desk']),
  /** Of `desk`: by what way the hospital said it. */
  channel: Channel.optional(),
  /** Of `desk`: who there said it. */
  saidBy: label(60).meta({ class: 'personal' }).optional(),
});
export type Beds = z.infer<typeof Beds>;

/** How a request goes: held until the patient arrives, is handed over, or it is called off or runs out. */
export const BedRequestStatus = z.enum(['held', 'arrived', 'handed-over', 'cancelled', 'expired']);
export type BedRequestStatus = z.infer<typeof BedRequestStatus>;

/** One bed asked for one patient, as every desk may see it. */
export const BedRequest = z.object({
  requestId: BedRequestId,
  incidentId: IncidentId,
  /** The unit that brings the patient; absent: not said yet. */
  assignmentId: AssignmentId.optional(),
  bedClass: BedClass,
  status: BedRequestStatus,
  requested: Deed,
  /** Of `held`: released by itself then. */
  expiresAtMs: EpochMs,
  /** The hospital was told who comes. */
  announced: Deed.optional(),
  /** The IGD has read it. */
  acknowledged: Deed.optional(),
  arrivedAtMs: EpochMs.optional(),
  handedOverAtMs: EpochMs.optional(),
  /** Of an end by somebody or by time. */
  ended: Deed.optional(),
});
export type BedRequest = z.infer<typeof BedRequest>;

/** Who comes, told before he is there: no name, no number. */
export const PreArrivalNote = z.object({
  ageBand: z.enum(['infant', 'child', 'adult', 'old', 'unknown']).meta({ class: 'health' }).optional(),
  sex: z.enum(['female', 'male', 'unknown']).meta({ class: 'health' }).optional(),
  tag: TriageTag.optional(),
  complaint: lines(500).meta({ class: 'health' }),
});
export type PreArrivalNote = z.infer<typeof PreArrivalNote>;

/** A hospital as Dinkes keeps it in the register. */
export const HospitalEntry = z.object({
  hospitalId: HospitalId,
  name: label(80),
  place: Place,
  kelurahanCode: KelurahanCode.optional(),
  /** Nobody measured where it stands. */
  isApproximate: z.literal(true).optional(),
  telephone: TelephoneNumber.optional(),
  services: z.array(label(40)).max(20),
});

export const emergencyHospitals = defineStream({ name: 'emergency.hospitals', delivery: 'latest', keepForDays: 3650 });

/** One hospital as it is now. */
export const HospitalChanged = defineEvent({
  name: 'emergency.hospital.changed',
  summary: 'One hospital as it is now: whether ambulances may come, beds by kind with the age of each count, and beds asked for.', // prettier-ignore
  stream: emergencyHospitals,
  data: HospitalEntry.extend({
    emsTraffic: EmsTraffic,
    /** Who said so last; absent: nobody yet. */
    emsSaid: Deed.extend({
      /** Of the desk, that heard it: who there said it. */
      saidBy: label(60).meta({ class: 'personal' }).optional(),
    }).optional(),
    /** Why not as usual; absent with `normal`. */
    emsReason: label(120).optional(),
    /** Only kinds that somebody counted: what is missing is not known. */
    beds: z.array(Beds).max(BedClass.options.length),
    /** Open ones, and those that ended within a day. */
    requests: z.array(BedRequest).max(500),
    changedAtMs: EpochMs,
    version: z.number().int().min(1),
  }),
  key: (hospital) => hospital.hospitalId,
  version: (hospital) => hospital.changedAtMs,
  where: (hospital) => hospital.place,
  audience: emergencyAgencies,
  urgent: true,
});
export type HospitalChanged = DataOf<typeof HospitalChanged>;

/** A hospital with what is told to it of its patients, for the desk and its own people. */
export const Hospital = HospitalChanged.data.extend({
  requests: z.array(BedRequest.extend({ note: PreArrivalNote.optional() })).max(500),
});
export type Hospital = z.infer<typeof Hospital>;

export const ByHospital = z.object({ hospitalId: HospitalId });

/** What belongs to a hospital and concerns no desk. */
const itsOwn = {
  /** Principals that are its own: its people, of agency `rs`, and what sends its feed. */
  people: z.array(AlarmActor).max(200),
  /** What its feed calls a kind of beds: `id_tt` to ours. */
  feedClasses: z.record(z.string().regex(/^[A-Za-z0-9]{1,20}$/), BedClass),
};
const keepers = { permission: ['agency-admin', 'supervisor'], agencies: emergencyAgencies } as const;

export const PutHospital = defineRoute({
  name: 'emergency.hospitals.put',
  summary:
    'Writes a hospital into the register, or changes it; its beds and requests stay as they are, and so do its people and the names of its feed where they are absent. Whoever keeps the register is told nothing of patients.',
  method: 'PUT',
  path: '/api/emergency/hospitals/:hospitalId',
  params: ByHospital,
  body: HospitalEntry.omit({ hospitalId: true }).extend(z.object(itsOwn).partial().shape),
  answer: HospitalChanged.data,
  ...keepers,
});

export const GetHospitalEntry = defineRoute({
  name: 'emergency.hospitals.entry',
  summary: 'One hospital as the register has it: who its people are, and what its feed calls its beds.',
  method: 'GET',
  path: '/api/emergency/hospitals/:hospitalId/entry',
  params: ByHospital,
  answer: HospitalEntry.extend(itsOwn),
  ...keepers,
});

const ofPerson = {
  path: '/api/emergency/hospitals/:hospitalId/people/:principalId',
  params: ByHospital.extend({ principalId: AlarmActor }),
  answer: HospitalEntry.extend(itsOwn),
  ...keepers,
} as const;

export const AddHospitalPerson = defineRoute({
  name: 'emergency.hospitals.add-person',
  summary: 'Somebody, or what sends its feed, belongs to a hospital and sees its patients. A repeat changes nothing.',
  method: 'PUT',
  ...ofPerson,
});

export const RemoveHospitalPerson = defineRoute({
  name: 'emergency.hospitals.remove-person',
  summary: 'Belongs to it no more. A repeat changes nothing.',
  method: 'DELETE',
  ...ofPerson,
});

export const ListHospitals = defineRoute({
  name: 'emergency.hospitals.list',
  summary: 'Every hospital of the city, by id.',
  method: 'GET',
  path: '/api/emergency/hospitals',
  answer: z.object({ items: z.array(HospitalChanged.data) }),
  permission: emergencyReaders,
  agencies: emergencyAgencies,
});

export const GetHospital = defineRoute({
  name: 'emergency.hospitals.get',
  summary: 'One hospital with what it was told of its patients.',
  method: 'GET',
  path: '/api/emergency/hospitals/:hospitalId',
  params: ByHospital,
  answer: Hospital,
  permission: hospitalAndDesk,
  agencies: hospitalAgencies,
});

export const ListOwnHospitals = defineRoute({
  name: 'emergency.hospitals.own',
  summary: 'The hospitals whose people the caller is one of, with what they were told of their patients.',
  method: 'GET',
  path: '/api/emergency/own-hospitals',
  answer: z.object({ items: z.array(Hospital.extend(Simulated.shape)) }),
  permission: ['responder'],
  agencies: hospitalAgencies,
});
