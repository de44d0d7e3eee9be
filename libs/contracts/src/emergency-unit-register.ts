import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { KelurahanCode } from './condition.ts';
import { TelephoneNumber } from './emergency.ts';
import { Agency, label, Place, registerId } from './shapes.ts';

export const UnitId = registerId('unitId');

/** What is sent: by what it rides in. */
export const UnitClass = z.enum([
  'ambulance',
  'patrol-car',
  'motorcycle',
  'fire-engine',
  'rescue-car',
  'foot-patrol',
  'hearse',
  'tanker',
  'tow-truck',
]);
export type UnitClass = z.infer<typeof UnitClass>;

/** What it can do, however it rides. */
export const UnitCapability = z.enum([
  'transport',
  'life-support',
  'fire',
  'rescue',
  'animal',
  'public-order',
  'traffic',
  'mental-health',
]);
export type UnitCapability = z.infer<typeof UnitCapability>;

/** Where it usually stands. */
export const UnitPost = Place.extend({ words: label(80), kelurahanCode: KelurahanCode.optional() });

/** A unit as its agency keeps it in the register. */
export const Unit = z.object({
  unitId: UnitId,
  /** As it is called on the radio: `Ambulans Pilang`, `Surya 2`. */
  name: label(60),
  unitClass: UnitClass,
  capabilities: z.array(UnitCapability).max(UnitCapability.options.length),
  agency: Agency,
  plate: label(16).optional(),
  post: UnitPost.optional(),
  /** `base`: a crew sits beside it, 30 s to answer; `on-call`: its one driver is at home, 90 s. */
  answers: z.enum(['base', 'on-call']),
});
export type Unit = z.infer<typeof Unit>;

/** Seconds within which a unit is to answer, by how its crew waits. */
export const ANSWER_WITHIN_S: Readonly<Record<Unit['answers'], number>> = { base: 30, 'on-call': 90 };
/** From then on the desk shows *belum diterima* with the driver's number, ms. */
export const SILENT_AFTER_MS = 10_000;

/** Somebody who rides in a unit now. */
export const CrewMember = z.object({
  /** Absent: somebody who never opens our app. */
  principalId: AlarmActor.optional(),
  name: label(60).meta({ class: 'personal' }),
  number: TelephoneNumber.meta({ class: 'personal' }).optional(),
  task: z.enum(['driver', 'medic', 'officer', 'leader']),
});
export type CrewMember = z.infer<typeof CrewMember>;

/**
 * Declared by one tap or by the desk, ends with the shift, then *belum lapor* — never ready by itself. `off` is what the
 * crew said, `unreported` what nobody said.
 */
export const UnitDuty = z.enum(['on', 'off', 'unreported']);
export type UnitDuty = z.infer<typeof UnitDuty>;

/** May it be sent? EIDO primaryUnitStatus. */
export const UnitAvailability = z.enum(['Available', 'ConditionallyAvailable', 'NotAvailable']);
export type UnitAvailability = z.infer<typeof UnitAvailability>;
