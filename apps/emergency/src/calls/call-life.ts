import { IncidentLogged } from '@siaga/contracts';
import { emission, setOrUnset, type Change } from '@siaga/store';
import { CALLS_KEPT_MS } from '../retention-rules.ts';
import type { CallDocument, StoredCall } from './call-document.ts';
import { closedWithIncident, onTheLineUntilMs, TALKS_MS, type CallTurn, type Doing } from './call-rules.ts';

const DAY_MS = 86_400_000;

/** So long it rings before it is one that nobody answered, ms. */
export const RINGS_MS = 60_000;

/** So long screens show what is done: the shift that comes sees what the one before it saw. */
const SHOWN_MS = DAY_MS;

/** So long a call waits to be called back; who has not been reached by then is not waiting any more. */
const WAITS_MS = 30 * DAY_MS;

type Lived = Pick<
  CallDocument,
  | 'status'
  | 'claim'
  | 'startedAtMs'
  | 'answeredAtMs'
  | 'endedAtMs'
  | 'changedAtMs'
  | 'archived'
  | 'telephone'
  | 'incidentClosedBy'
>;

/** When time does something to a call next. */
export function wakeAtMsOf(call: Lived): number {
  const { status, claim, startedAtMs, answeredAtMs, changedAtMs, archived, incidentClosedBy } = call;
  if (status === 'ringing') return startedAtMs + RINGS_MS;
  if (status === 'done') return changedAtMs + (archived === true ? CALLS_KEPT_MS : SHOWN_MS);
  if (incidentClosedBy !== undefined) return onTheLineUntilMs(call) ?? 0;
  if (status === 'talking') return (claim?.seenMs ?? answeredAtMs ?? startedAtMs) + TALKS_MS;
  return changedAtMs + WAITS_MS;
}

/** What time has done by now; `leaves` when it was kept for long enough. */
export function due(call: StoredCall, nowMs: number): CallTurn | 'leaves' | undefined {
  if (wakeAtMsOf(call) > nowMs) return undefined;
  if (call.status === 'ringing') return { fields: { status: 'unanswered' }, lines: [] };
  if (call.status === 'done') return call.archived === true ? 'leaves' : { fields: { archived: true }, lines: [] };
  if (call.incidentClosedBy !== undefined) return closedWithIncident(call, {}, { by: call.incidentClosedBy, nowMs });
  // whoever took it is not here any more: somebody asks the caller what it was
  if (call.status === 'talking' && call.claim !== undefined)
    return { fields: { status: 'call-back', claim: undefined }, lines: [{ step: 'call-back' }] };
  // when the talk ended nobody has said, and none is made up: the screen says that it is not known
  return {
    fields: { status: 'done', disposition: 'not-recorded', closedBy: 'service' },
    lines: [{ step: 'call-closed' }],
  };
}

/** A turn of a call as it was read, with what follows: its timer, and its lines in the timeline. */
export function changeOf(
  call: StoredCall,
  { fields, lines }: CallTurn,
  { by, nowMs }: Doing,
): Required<Pick<Change<CallDocument>, 'change' | 'events'>> {
  // a beat changes nothing that anybody did, and being let go by screens changes nothing at all
  const isDeed = lines.length > 0 || Object.keys(fields).some((name) => name !== 'claim' && name !== 'archived');
  const given = { ...fields, ...(isDeed && { changedAtMs: nowMs }) };
  const after = { ...call, ...given };
  const change = setOrUnset({ ...given, wakeAtMs: wakeAtMsOf(after) });
  return { change, events: linesOf(after, lines, { by, nowMs }) };
}

/** The lines of a change that makes the next version of a call. */
export function linesOf(
  { _id: callId, incidentId, version }: Pick<StoredCall, '_id' | 'incidentId' | 'version'>,
  lines: CallTurn['lines'],
  { by, nowMs }: Doing,
) {
  const entryId = `${callId}#${String(version + 1)}`;
  return lines.map(({ step, words }, index) =>
    emission(IncidentLogged, {
      ...{
        entryId: index === 0 ? entryId : `${entryId}.${String(index)}`,
        step,
        by,
        atMs: nowMs,
        callId,
        agencies: [],
      },
      ...(incidentId !== undefined && { incidentId }),
      ...(words !== undefined && { words }),
    }),
  );
}
