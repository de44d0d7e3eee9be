import { z } from 'zod';
import { AlarmId } from './alarm.ts';
import { CameraHealth, CameraId } from './camera.ts';
import { CameraSees } from './camera-watch.ts';
import { AlarmKind, AlarmSeverity, KelurahanCode } from './condition.ts';
import { defineRoute } from './define-route.ts';
import { callDesk, CallId, emergencyAgencies, IncidentId, IncidentKind } from './emergency.ts';
import { SuggestUnits } from './emergency-dispatch.ts';
import { HospitalChanged } from './emergency-hospitals.ts';
import { IncidentStatus } from './emergency-incidents.ts';
import { EpochMs, label } from './shapes.ts';
import { ThingRef } from './thing.ts';

const Metres = z.number().int().min(0);

/** What lies near counts so far, metres beyond what the call's place is uncertain by. */
export const SURROUNDINGS_M = 500;

export const GetSurroundings = defineRoute({
  name: 'emergency.surroundings.get',
  summary:
    'Everything around the place of a call in one answer, for its caller’s eyes: kelurahan, the units its run card would send, hospitals, cameras that see it, open incidents and active alarms near. 409 while the call has no place.',
  method: 'GET',
  path: '/api/emergency/calls/:callId/surroundings',
  params: z.object({ callId: CallId }),
  answer: z.object({
    /** Absent: the circle of uncertainty reaches into another one, or out of the city. */
    kelurahanCode: KelurahanCode.optional(),
    /** As for an incident of this kind, ungraded; of a call without a kind the card of everything else. */
    parts: SuggestUnits.answer.shape.parts,
    /** Of kinds in which people may be hurt, and while the kind is not known; nearest first, with the age of each count. */
    hospitals: z
      .array(
        HospitalChanged.data
          .pick({
            hospitalId: true,
            name: true,
            isApproximate: true,
            emsTraffic: true,
            emsSaid: true,
            emsReason: true,
            beds: true,
          })
          .extend({ distanceM: Metres }),
      )
      .max(10),
    /** Those the asker may know of: what sees the place first, then what may, then the nearest. */
    cameras: z
      .array(
        z.object({
          cameraId: CameraId,
          name: label(80),
          distanceM: Metres,
          sees: CameraSees,
          health: CameraHealth,
          /** When somebody last looked, epoch ms; absent: nobody has. */
          checkedAtMs: EpochMs.optional(),
        }),
      )
      .max(5),
    /** Nearest first. */
    incidents: z
      .array(
        z.object({
          incidentId: IncidentId,
          kind: IncidentKind.optional(),
          status: IncidentStatus,
          distanceM: Metres,
          openedAtMs: EpochMs,
        }),
      )
      .max(10),
    /** Those the asker may see, worst first, then nearest. */
    alarms: z
      .array(
        z.object({
          alarmId: AlarmId,
          name: label(80),
          thing: ThingRef,
          kind: AlarmKind,
          severity: AlarmSeverity,
          /** 0: the place lies in the area that it is about. */
          distanceM: Metres,
          sinceMs: EpochMs,
        }),
      )
      .max(10),
  }),
  permission: callDesk,
  agencies: emergencyAgencies,
});
