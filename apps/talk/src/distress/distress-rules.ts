import { Fault, type Asker, type ConditionChanged, type DistressChanged } from '@siaga/contracts';
import { mayLead } from '../groups/group-rules.ts';
import type { DistressDocument, StoredDistress } from './distress-document.ts';

/** What an officer, or whoever leads, may make of it. */
export type Fields = Partial<Pick<DistressDocument, 'position' | 'ended'>> | undefined;

/** The later of two positions of a phone is not always the better one: what was known as exactly stays. */
export function placed(
  distress: StoredDistress,
  position: NonNullable<DistressChanged['position']>,
  by: string,
): Fields {
  if (distress.principalId !== by)
    throw new Fault('forbidden', 'hanya yang menekan tahu di mana dia · only who pressed knows where he is');
  if (distress.ended !== undefined) throw new Fault('conflict', 'darurat ini sudah selesai · it is over', { deed: distress.ended }); // prettier-ignore
  const isWorse = distress.position !== undefined && distress.position.accuracyM <= position.accuracyM;
  return isWorse ? undefined : { position };
}

/** Over; whoever ended it first did. */
export function ended(distress: StoredDistress, reason: string, { asker, nowMs }: Ending): Fields {
  if (distress.principalId !== asker.id && !mayLead(asker))
    throw new Fault(
      'forbidden',
      'dicabut oleh yang menekan, dispatcher atau pengawas · ended by who pressed, a dispatcher or a supervisor',
    );
  return distress.ended === undefined ? { ended: { by: asker.id, atMs: nowMs, reason } } : undefined;
}

interface Ending {
  asker: Asker & { id: string };
  nowMs: number;
}

/** What the alarm desk is told: danger to life, heard until somebody answers. */
export function conditionOf(distress: StoredDistress, nowMs: number): ConditionChanged {
  const { _id, agency, position, raisedAtMs, ended: over } = distress;
  return {
    thing: { kind: 'officer', thingId: _id },
    ...{ name: 'Petugas dalam bahaya', kind: 'officerInDanger', active: over === undefined },
    ...{ severity: 'critical', lifeRisk: true, basis: 'reported', agency, within: [] },
    ...(position !== undefined && { place: { lat: position.lat, lng: position.lng } }),
    sinceMs: raisedAtMs,
    changedAtMs: nowMs,
    ...(over !== undefined && { detail: over.reason }),
  };
}
