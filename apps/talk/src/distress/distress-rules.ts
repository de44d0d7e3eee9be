import { Fault, type Asker, type ConditionChanged, type DistressChanged } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { mayLead } from '../groups/group-rules.ts';
import type { DistressDocument, StoredDistress } from './distress-document.ts';

/** What an officer, or whoever leads, may make of it. */
export type Fields = Partial<Pick<DistressDocument, 'position' | 'ended' | 'openOf'>> | undefined;

type Position = NonNullable<DistressChanged['position']>;

/** He moved, or it is known better. The later of two is not always the better one: a rough one around an exact one says nothing new. */
export function placed(distress: StoredDistress, told: Position, { by, nowMs }: { by: string; nowMs: number }): Fields {
  if (distress.principalId !== by)
    throw new Fault('forbidden', 'hanya yang menekan tahu di mana dia · only who pressed knows where he is');
  if (distress.ended !== undefined) throw new Fault('conflict', 'darurat ini sudah selesai · it is over', { deed: distress.ended }); // prettier-ignore
  const position = { ...told, atMs: Math.min(told.atMs ?? nowMs, nowMs) };
  const { position: before } = distress;
  if (before === undefined) return { position };
  if (position.atMs < (before.atMs ?? 0)) return undefined;
  const isRougher = position.accuracyM >= before.accuracyM;
  return isRougher && distanceM(before, position) <= position.accuracyM ? undefined : { position };
}

/** Over; whoever ended it first did. */
export function ended(distress: StoredDistress, reason: string, { asker, nowMs }: Ending): Fields {
  if (distress.principalId !== asker.id && !mayLead(asker))
    throw new Fault(
      'forbidden',
      'dicabut oleh yang menekan, dispatcher atau pengawas · ended by who pressed, a dispatcher or a supervisor',
    );
  return distress.ended === undefined ? { ended: { by: asker.id, atMs: nowMs, reason }, openOf: undefined } : undefined;
}

interface Ending {
  asker: Asker & { id: string };
  nowMs: number;
}

/** What the alarm desk is told: danger to life, heard until somebody answers; `group` is where he can be talked to. */
export function conditionOf(
  distress: StoredDistress,
  { group, nowMs }: { group: string | undefined; nowMs: number },
): ConditionChanged {
  const { _id, agency, position, raisedAtMs, ended: over } = distress;
  return {
    thing: { kind: 'officer', thingId: _id },
    ...{
      name: ['Petugas dalam bahaya', group].filter((word) => word !== undefined).join(' · '),
      kind: 'officerInDanger',
      active: over === undefined,
    },
    ...{ severity: 'critical', lifeRisk: true, basis: 'reported', agency, within: [] },
    ...(position !== undefined && { place: { lat: position.lat, lng: position.lng } }),
    sinceMs: raisedAtMs,
    changedAtMs: nowMs,
    ...(over !== undefined && { detail: over.reason }),
  };
}
