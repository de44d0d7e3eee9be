import { Fault, type Asker, type RollCallRow } from '@siaga/contracts';
import { ALL_CALL, mayLead, type Group } from '../groups/group-rules.ts';
import type { StoredHandset } from '../handsets/handset-document.ts';
import type { RollCallDocument, StoredRollCall } from './roll-call-document.ts';

/** What becomes of a roll call. */
export type RollCallFields = Partial<Pick<RollCallDocument, 'ended' | 'running'>> | undefined;

/** Whose radios a group's roll call asks: those of its agency; undefined: all. */
export function agencyCalled({ groupId, agencies }: Group): StoredHandset['agency'] | undefined {
  if (groupId === ALL_CALL) return undefined;
  const own = agencies.find((agency) => agency === groupId);
  if (own === undefined || own === 'rs')
    throw new Fault('invalid', 'apel hanya di grup dinas atau Semua · roll calls are of an agency’s group, or of all');
  return own;
}

/** The room calls whom it likes, others their own agency. */
export const mayCall = (asker: Asker, agency: StoredHandset['agency'] | undefined): boolean =>
  mayLead(asker) || (agency !== undefined && asker.agencies.includes(agency));

/** `phone` for who holds the radio, `desk` for who may tick it in; undefined for anybody else. */
export function wayOf(
  { id, ...asker }: Asker & { id: string },
  { agency, holder }: StoredHandset,
): 'phone' | 'desk' | undefined {
  if (holder?.principalId === id) return 'phone';
  return mayLead(asker) || (asker.roles.includes('agency-admin') && asker.agencies.includes(agency))
    ? 'desk'
    : undefined;
}

/** Throws when it takes no answer, or asks not for this radio. */
export function takesAnswer({ _id, asked, ended, untilMs }: StoredRollCall, handsetId: string, nowMs: number): void {
  if (ended !== undefined || nowMs >= untilMs)
    throw new Fault('conflict', `apel ${_id} sudah selesai · the roll call is over`);
  if (!asked.some((row) => row.handsetId === handsetId))
    throw new Fault('conflict', `${handsetId} tidak ikut apel ini · this roll call does not ask for it`);
}

/** Over; when it was over before, it was then. */
export const over = ({ ended, untilMs }: StoredRollCall, nowMs: number): RollCallFields =>
  ended === undefined ? { ended: { atMs: Math.min(nowMs, untilMs) }, running: undefined } : undefined;

/** A radio as a roll call asks it. */
export const rowOf = ({ _id, agency, office, kind }: StoredHandset): Omit<RollCallRow, 'answer'> => ({
  ...{ handsetId: _id, agency, office, kind },
});
