import type { AnswerOf, EmergencyPlace, IncidentKind, SuggestDuplicates } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';

/** Farther apart than both are uncertain and this: another event. */
const NEAR_M = 150;
/** Longer apart: another event, unless the same number calls again, or it is still open and of the same kind: a fire burns for hours. */
const WITHIN_MS = 3_600_000;
const MOST = 10;

/** A call as far as it may be about something known. */
export interface Told {
  place?: EmergencyPlace | undefined;
  kind?: IncidentKind | undefined;
  atMs: number;
}

/** An open incident. */
export interface Known {
  incidentId: string;
  place?: EmergencyPlace | undefined;
  kind?: IncidentKind | undefined;
  openedAtMs: number;
  /** Of a squad's finding, when it was seen: told late, it is as old as it was. */
  seenAtMs?: number | undefined;
  /** The number of the call called about it before. */
  isSameNumber: boolean;
}

type Duplicate = AnswerOf<typeof SuggestDuplicates>['items'][number];

/** Open incidents that may be what a call is about, likeliest first: of the same number, then by how near at best. */
export function duplicatesOf(call: Told, open: readonly Known[]): Duplicate[] {
  return open
    .flatMap((incident) => compared(call, incident) ?? [])
    .sort(
      (one, other) =>
        Number(other.isSameNumber) - Number(one.isSameNumber) ||
        apartM(one) - apartM(other) ||
        Number(other.isSameKind) - Number(one.isSameKind) ||
        one.agoMs - other.agoMs ||
        (one.incidentId < other.incidentId ? -1 : 1),
    )
    .slice(0, MOST);
}

function compared(call: Told, incident: Known): Duplicate | undefined {
  const { incidentId, place, kind, isSameNumber } = incident;
  const apart =
    call.place === undefined || place === undefined
      ? {}
      : {
          distanceM: Math.round(distanceM(call.place, place)),
          uncertaintyM: Math.round(call.place.uncertaintyM + place.uncertaintyM),
        };
  const agoMs = Math.abs(call.atMs - (incident.seenAtMs ?? incident.openedAtMs));
  const isSameKind = kind !== undefined && kind === call.kind;
  const isNear = apart.distanceM !== undefined && apartM(apart) <= NEAR_M && (agoMs <= WITHIN_MS || isSameKind);
  if (!isNear && !isSameNumber) return undefined;
  return { incidentId, ...apart, agoMs, isSameNumber, isSameKind };
}

/** Metres that are left when both are as near as they may be. */
const apartM = ({
  distanceM: far = Infinity,
  uncertaintyM = 0,
}: {
  distanceM?: number | undefined;
  uncertaintyM?: number | undefined;
}) => Math.max(0, far - uncertaintyM);
