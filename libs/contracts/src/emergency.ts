import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import type { Role } from './role.ts';
import { AccuracyM, EpochMs, label, Place, type Agency } from './shapes.ts';
import { KelurahanCode } from './condition.ts';

/** Who runs 112 and SPGDT: Satpol PP answers, Dinkes looks after ambulances and hospitals, the room sees all. */
export const emergencyAgencies: readonly Agency[] = ['command', 'satpolpp', 'dinkes'];
/** Who answers calls. */
export const callDesk: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor', 'agency-admin'];
/** Who sends units. */
export const dispatchDesk: readonly Role[] = ['dispatcher', 'supervisor', 'agency-admin'];
/** Who sees incidents and units. Screens see them without names and words of people. */
export const emergencyReaders: readonly Role[] = [
  'viewer',
  'call-taker',
  'dispatcher',
  'supervisor',
  'responder',
  'agency-admin',
  'screen',
];

/** `TLP-7K2M9QXA`: one call, however it came. */
export const CallId = z.string().regex(/^TLP-[0-9A-Z]{8}$/, 'callId: TLP- and 8 letters or digits');
/** `INS-7K2M9QXA`: one event in the city, however many callers. */
export const IncidentId = z.string().regex(/^INS-[0-9A-Z]{8}$/, 'incidentId: INS- and 8 letters or digits');
/** `TGS-7K2M9QXA` (tugas): one unit sent to one incident. */
export const AssignmentId = z.string().regex(/^TGS-[0-9A-Z]{8}$/, 'assignmentId: TGS- and 8 letters or digits');

/** `PTR-7K2M9QXA`: one unit on one round. */
export const PatrolId = z.string().regex(/^PTR-[0-9A-Z]{8}$/, 'patrolId: PTR- and 8 letters or digits');

/** `PSN-7K2M9QXA` (pesanan): one ambulance asked for that is no emergency. */
export const BookingId = z.string().regex(/^PSN-[0-9A-Z]{8}$/, 'bookingId: PSN- and 8 letters or digits');

/** A telephone number as it is dialled: `0335…`, `+62…`; short ones of services, too. */
export const TelephoneNumber = z
  .string()
  .regex(/^\+?\d{3,15}$/, 'nomor telepon: 3–15 angka, boleh diawali + · 3–15 digits, + in front allowed');

/**
 * What happened, few and plain; the words are the wall's. After the list of Layanan 112 (Gresik, 2025) and what Kota Probolinggo
 * counted in 2023.
 */
export const IncidentKind = z.enum([
  'medical',
  'traffic-accident',
  'fire',
  'flood',
  'fallen-tree',
  'fallen-pole',
  'animal',
  'rescue',
  'public-order',
  'weapon',
  'domestic-violence',
  'mental-health',
  'homeless',
  'truancy',
  'street-vendor',
  'illegal-parking',
  'demonstration',
  'towing',
  'utility',
  'crime',
  'help',
  /** One of our own is in danger: he pressed the emergency button of his radio. */
  'officer-distress',
]);
export type IncidentKind = z.infer<typeof IncidentKind>;

/** Kinds in which people may be hurt: they have victims, triage and perhaps a hospital. */
export const kindsWithPatients: ReadonlySet<IncidentKind> = new Set([
  'medical',
  'traffic-accident',
  'fire',
  'flood',
  'rescue',
  'public-order',
  'weapon',
  'domestic-violence',
  'mental-health',
  'crime',
  'officer-distress',
]);

/** How a place came to be known. */
export const PlaceSource = z.enum([
  'gazetteer',
  'map',
  'coordinates',
  'link',
  'caller-phone',
  'unit',
  'camera',
  'pole',
]);

/** Where something is, as far as it is known: never more exact than it was told. */
export const EmergencyPlace = Place.extend({
  /** 68 % of the time within so many metres; 0: as exact as the map. */
  uncertaintyM: AccuracyM,
  source: PlaceSource,
  /** As people say it: `depan RSUD, arah Suroyo`. May name a home. */
  words: label(200).meta({ class: 'personal' }).optional(),
  /** Absent: outside the city, or the circle lies in several. */
  kelurahanCode: KelurahanCode.optional(),
});
export type EmergencyPlace = z.infer<typeof EmergencyPlace>;

/** By what way somebody was told or told us. */
export const Channel = z.enum(['app', 'push', 'radio', 'telephone', 'whatsapp', 'sms', 'in-person']);
export type Channel = z.infer<typeof Channel>;

/**
 * Who works with the city and has no desk here: told by telephone, radio or message. Polsek from the second step of the
 * ladder on, Kodim on the third.
 */
export const Partner = z.enum(['polsek', 'kodim', 'pln', 'pdam', 'basarnas', 'pmi']);
export type Partner = z.infer<typeof Partner>;

/** Who did something, when, and by what way it was heard when somebody else wrote it down. */
export const Deed = z.object({ by: AlarmActor, atMs: EpochMs, channel: Channel.optional() });
export type Deed = z.infer<typeof Deed>;

/** On lists, of what no screen is told of any more: simulated or drilled, never counted in a real report. */
export const Simulated = z.object({ exercise: z.literal(true).optional() });
