import {
  SURROUNDINGS_M,
  type AlarmChanged,
  type AlarmSeverity,
  type AnswerOf,
  type CameraRegistered,
  type CameraStateChanged,
  type EmergencyPlace,
  type GetSurroundings,
  type HospitalChanged,
  type IncidentChanged,
} from '@siaga/contracts';
import { areaContains, bestViewFirst, cameraViewOf, distanceM } from '@siaga/geo';

type Surroundings = AnswerOf<typeof GetSurroundings>;

/** As many as one looks through while somebody speaks. */
const MOST_CAMERAS = 5;
const MOST_OTHERS = 10;

const severities: Readonly<Record<AlarmSeverity, number>> = { critical: 0, high: 1, medium: 2, information: 3 };

/** So far from where it was told it may be, and some. */
const reachM = ({ uncertaintyM }: EmergencyPlace): number => SURROUNDINGS_M + uncertaintyM;

/** Cameras for a place: what sees it first, then what may, then the nearest; `stateOf` what is known of how they are. */
export function camerasAround(
  place: EmergencyPlace,
  cameras: Iterable<CameraRegistered>,
  stateOf: (cameraId: string) => CameraStateChanged | undefined,
): Surroundings['cameras'] {
  return [...cameras]
    .map((camera) => ({
      camera,
      ...cameraViewOf(place, { ...camera, approximate: camera.approximate === true }),
    }))
    .filter((view) => view.distanceM <= reachM(place))
    .sort(bestViewFirst)
    .slice(0, MOST_CAMERAS)
    .map(({ camera: { cameraId, name }, distanceM: far, sees }) => {
      const { health = 'unchecked', checkedAtMs } = stateOf(cameraId) ?? {};
      return {
        ...{ cameraId, name, distanceM: Math.round(far), sees, health },
        ...(checkedAtMs !== undefined && { checkedAtMs }),
      };
    });
}

/** Hospitals, nearest first; however far: a city has a handful. */
export function hospitalsAround(
  place: EmergencyPlace,
  hospitals: readonly HospitalChanged[],
): Surroundings['hospitals'] {
  return hospitals
    .map(({ hospitalId, name, isApproximate, emsTraffic, emsSaid, emsReason, beds, place: at }) => ({
      ...{ hospitalId, name, emsTraffic, beds, distanceM: Math.round(distanceM(place, at)) },
      ...(isApproximate !== undefined && { isApproximate }),
      ...(emsSaid !== undefined && { emsSaid }),
      ...(emsReason !== undefined && { emsReason }),
    }))
    .sort((one, other) => one.distanceM - other.distanceM)
    .slice(0, MOST_OTHERS);
}

type Open = Pick<IncidentChanged, 'incidentId' | 'kind' | 'status' | 'place' | 'openedAtMs'>;

/** Open incidents, as near as both places may be at best; nearest first. */
export function incidentsAround(place: EmergencyPlace, open: readonly Open[]): Surroundings['incidents'] {
  return open
    .flatMap(({ incidentId, kind, status, openedAtMs, place: at }) => {
      if (at === undefined) return [];
      const far = distanceM(place, at);
      if (far > reachM(place) + at.uncertaintyM) return [];
      return [{ incidentId, ...(kind !== undefined && { kind }), status, openedAtMs, distanceM: Math.round(far) }];
    })
    .sort((one, other) => one.distanceM - other.distanceM)
    .slice(0, MOST_OTHERS);
}

/** Active alarms that nobody put aside: worst first, then nearest. One that is about an area is there everywhere in it. */
export function alarmsAround(
  place: EmergencyPlace,
  alarms: Iterable<AlarmChanged>,
  nowMs: number,
): Surroundings['alarms'] {
  return [...alarms]
    .flatMap(({ status, shelvedUntilMs = 0, place: at, area, alarmId, name, thing, kind, severity, sinceMs }) => {
      if (status !== 'active' || shelvedUntilMs > nowMs) return [];
      const isIn = area !== undefined && areaContains(area, place);
      const far = isIn ? 0 : at === undefined ? Infinity : Math.round(distanceM(place, at));
      return far > reachM(place) ? [] : [{ alarmId, name, thing, kind, severity, sinceMs, distanceM: far }];
    })
    .sort((one, other) => severities[one.severity] - severities[other.severity] || one.distanceM - other.distanceM)
    .slice(0, MOST_OTHERS);
}
