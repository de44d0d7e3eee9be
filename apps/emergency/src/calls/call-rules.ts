import { isDeepStrictEqual } from 'node:util';
import {
  CLAIM_STALE_MS,
  Fault,
  type CallDisposition,
  type CloseCall,
  type IncidentLogged,
  type InputOf,
  type WriteCall,
} from '@siaga/contracts';
import type { CallDocument, StoredCall } from './call-document.ts';
import { numberKeyOf } from './number-key.ts';
import { placed } from './place-in-city.ts';

/** Who does it, and when. */
export interface Doing {
  by: string;
  nowMs: number;
}

/** What changes of a call, and its lines in the timeline. What is given as undefined is taken off. */
export interface CallTurn {
  fields: Partial<CallDocument>;
  lines: readonly Pick<IncidentLogged, 'step' | 'words'>[];
}

/** A call as it is now, what is wanted of it, by whom: what changes, undefined when it is so already. Throws `conflict`, `invalid`. */
type Rule<What> = (call: StoredCall, what: What, doing: Doing) => CallTurn | undefined;

/** Nobody talks so long with a city’s call-taker: whoever was not heard of since has forgotten the call, ms. */
export const TALKS_MS = 2 * 3_600_000;

/** Nobody lets it ring longer, where a telephone system does not say when he gave up, ms. */
const RINGS_AT_MOST_MS = 5 * 60_000;

/** So long a link to the caller's phone is good, ms. */
export const PLACE_LINK_MS = 30 * 60_000;

const HOUR_MS = 3_600_000;

/** Takes a call. One that somebody has is taken over only when nothing is heard of him, and with the reason. */
export const claimed: Rule<{ takeOverReason?: string | undefined }> = (call, { takeOverReason }, { by, nowMs }) => {
  refuseDone(call);
  const { claim } = call;
  const mine = { by, atMs: nowMs, seenMs: nowMs };
  // whoever calls back has not answered: it stays one that nobody did
  const answered = stillRings(call, nowMs) ? { answeredAtMs: call.answeredAtMs ?? nowMs } : {};
  const fields = { claim: mine, status: 'talking' as const, ...answered };
  if (claim === undefined) return { fields, lines: [{ step: 'call-claimed' }] };
  if (claim.by === by) return undefined;
  if (nowMs - claim.seenMs < CLAIM_STALE_MS) throw takenBy(call);
  if (takeOverReason === undefined)
    throw new Fault(
      'conflict',
      'pemegang panggilan ini tidak terdengar lagi: tulis alasan untuk mengambil alih · whoever has this call is not heard of any more: say why you take it over',
      { deed: { by: claim.by, atMs: claim.seenMs } },
    );
  return { fields, lines: [{ step: 'call-taken-over', words: takeOverReason }] };
};

/** Nobody said that the caller has hung up: late, and an answer all the same. */
const stillRings = ({ status, telephone, startedAtMs, endedAtMs }: StoredCall, nowMs: number): boolean =>
  status === 'ringing' ||
  (status === 'unanswered' &&
    telephone !== undefined &&
    endedAtMs === undefined &&
    nowMs - startedAtMs < RINGS_AT_MOST_MS);

/** The claimer is still there. */
export const beaten: Rule<object> = (call, _what, doing) => {
  const claim = claimOf(call, doing);
  return { fields: { claim: { ...claim, seenMs: Math.max(claim.seenMs, doing.nowMs) } }, lines: [] };
};

/** What is known by now. `before` is what was heard of the number that is given. */
export const written: Rule<InputOf<typeof WriteCall>['body'] & Pick<CallDocument, 'before'>> = (call, what, doing) => {
  claimOf(call, doing);
  const { before, place, ...notes } = what;
  const given = {
    ...notes,
    ...(place !== undefined && { place: place === null ? null : placed(place) }),
    ...(notes.number !== undefined && {
      numberKey: notes.number === null ? null : numberKeyOf(notes.number),
      before: notes.number === null ? null : (before ?? null),
    }),
  };
  const wanted = Object.entries(given).map(([name, value]) => [name, value ?? undefined] as const);
  const changed = wanted.filter(([name, value]) => !isDeepStrictEqual(plain(call[name as keyof StoredCall]), value));
  if (changed.length === 0) return undefined;
  const names = changed.map(([name]) => name);
  // words, names and numbers are written letter by letter: they are in the call, not in its story
  const lines: CallTurn['lines'][number][] = [
    ...(names.includes('place') ? [{ step: 'placed' as const }] : []),
    ...(names.includes('kind') || names.includes('victims') ? [{ step: 'described' as const }] : []),
  ];
  return { fields: Object.fromEntries(changed), lines };
};

/** It waits for whoever calls back. */
export const toCallBack: Rule<object> = (call, _what, doing) => {
  if (call.status === 'call-back') return undefined;
  claimOf(call, doing);
  return { fields: { status: 'call-back', claim: undefined }, lines: [{ step: 'call-back' }] };
};

/** What a call of an incident cannot have been: somebody went there for it. */
const notOfIncidents: ReadonlySet<CallDisposition> = new Set(['ghost', 'prank', 'not-recorded']);

/** It is over. */
export const closed: Rule<InputOf<typeof CloseCall>['body']> = (call, { disposition, remark, blockHours }, doing) => {
  // the answer to the first press was lost
  if (call.status === 'done' && call.closedBy === doing.by && call.disposition === disposition) return undefined;
  claimOf(call, doing);
  if (call.incidentId !== undefined && notOfIncidents.has(disposition))
    throw new Fault(
      'conflict',
      `panggilan ini ada di insiden ${call.incidentId}: tutup sebagai darurat, informasi atau terputus; laporan palsu dicatat saat insidennya ditutup · it belongs to an incident: what it really was is said when that is closed`,
    );
  if (blockHours !== undefined) refuseBlock(call, disposition);
  return {
    fields: {
      ...{ status: 'done', disposition, closedBy: doing.by, endedAtMs: call.endedAtMs ?? doing.nowMs },
      ...(remark !== undefined && { remark }),
      ...(blockHours !== undefined && { blocksUntilMs: doing.nowMs + blockHours * HOUR_MS }),
      placeLink: undefined,
    },
    lines: [{ step: 'call-closed', words: remark }],
  };
};

/**
 * Its incident is over, and so is it: what it was is said by the incident. While somebody is still on the line it is only noted,
 * and time closes it when he is not ({@link onTheLineUntilMs}).
 */
export const closedWithIncident: Rule<object> = (call, _, { by, nowMs }) => {
  if (call.status === 'done') return undefined;
  // whoever closes the incident has said with it that his own talk is over
  const untilMs = onTheLineUntilMs(call.claim?.by === by ? { ...call, claim: undefined } : call);
  if (untilMs !== undefined && untilMs > nowMs)
    return call.incidentClosedBy === by ? undefined : { fields: { incidentClosedBy: by }, lines: [] };
  // nobody saw the end of one that was never reached, and of its own calls a telephone system says it
  const isTalk = call.status === 'talking' && call.telephone === undefined;
  return {
    fields: {
      ...{ status: 'done', disposition: 'emergency', closedBy: by },
      endedAtMs: call.endedAtMs ?? (isTalk ? nowMs : undefined),
      ...{ placeLink: undefined, incidentClosedBy: undefined },
    },
    lines: [{ step: 'call-closed' }],
  };
};

/** Until when somebody talks there, as far as we are told, epoch ms; undefined: nobody does. */
export function onTheLineUntilMs(
  call: Pick<CallDocument, 'telephone' | 'endedAtMs' | 'status' | 'claim' | 'answeredAtMs' | 'startedAtMs'>,
): number | undefined {
  const { telephone, endedAtMs, status, claim, answeredAtMs, startedAtMs } = call;
  const heldMs = status === 'talking' && claim !== undefined ? claim.seenMs + CLAIM_STALE_MS : undefined;
  if (telephone === undefined || endedAtMs !== undefined) return heldMs;
  // one that never said that it ended may be called back hours later: then who has it is believed
  return Math.max((answeredAtMs ?? startedAtMs) + TALKS_MS, heldMs ?? 0);
}

function refuseBlock({ numberKey }: StoredCall, disposition: CallDisposition): void {
  if (disposition !== 'ghost' && disposition !== 'prank')
    throw new Fault(
      'invalid',
      'blockHours: hanya nomor panggilan kosong atau iseng yang ditahan · only a ghost or prank blocks its number',
    );
  if (numberKey === undefined)
    throw new Fault(
      'invalid',
      'blockHours: panggilan ini tanpa nomor, tutup tanpa menahan nomor · no number to block: close it without',
    );
}

/** The caller's phone is sent a link. */
export const placeAsked: Rule<{ hash: string }> = (call, { hash }, doing) => {
  claimOf(call, doing);
  const untilMs = doing.nowMs + PLACE_LINK_MS;
  return {
    fields: { placeLink: { hash, untilMs }, locationAskedMs: untilMs },
    lines: [{ step: 'place-asked' }],
  };
};

/** Where a phone says it is. */
export interface PhonePlace {
  lat: number;
  lng: number;
  accuracyM: number;
}

/**
 * The phone answers by its link, which is used up. It is believed where nothing more exact is known; otherwise the answer
 * is a line of the timeline only, and somebody at the desk may take it from there.
 */
export const placeTold: Rule<PhonePlace & { hash: string }> = (call, { hash, lat, lng, accuracyM }, { nowMs }) => {
  if (call.placeLink?.hash !== hash || call.placeLink.untilMs <= nowMs) throw noSuchLink();
  const { place } = call;
  const isBetter = place === undefined || place.source === 'caller-phone' || accuracyM < place.uncertaintyM;
  const told = placed({
    ...{ lat, lng, uncertaintyM: accuracyM, source: 'caller-phone' },
    ...(place?.words !== undefined && { words: place.words }),
  });
  const words = `${lat.toFixed(5)}, ${lng.toFixed(5)} ± ${String(Math.round(accuracyM))} m`;
  return {
    fields: { placeLink: undefined, ...(isBetter && call.status !== 'done' && { place: told }) },
    lines: [{ step: 'placed', words }],
  };
};

/** It goes from one incident, or none, to another, or none: only as it was found. */
export const moved: Rule<{ from?: string | undefined; to?: string | undefined }> = (call, { from, to }) => {
  if (call.incidentId === to) return undefined;
  if (call.incidentId !== from)
    throw new Fault(
      'conflict',
      call.incidentId === undefined
        ? 'panggilan ini tidak lagi di insiden itu, muat ulang · it is not in that incident any more'
        : `panggilan ini sudah masuk insiden ${call.incidentId} · it belongs to that incident already`,
    );
  return { fields: { incidentId: to }, lines: to === undefined ? [] : [{ step: 'call-joined' }] };
};

/** The link is unknown, used up or old: all the same from outside. */
export const noSuchLink = () =>
  new Fault(
    'not-found',
    'tautan ini sudah dipakai atau lewat waktunya: minta yang baru kepada petugas · used or expired: ask for a new one',
  );

/** The claim, when it is his; refused, by name and time, when it is not. */
function claimOf(call: StoredCall, { by }: Doing): NonNullable<StoredCall['claim']> {
  refuseDone(call);
  if (call.claim === undefined)
    throw new Fault('conflict', 'ambil panggilan ini dahulu · nobody has this call: take it first');
  if (call.claim.by !== by) throw takenBy(call);
  return call.claim;
}

function takenBy({ claim }: StoredCall): Fault {
  return new Fault('conflict', 'panggilan ini sudah diambil petugas lain · somebody else has taken this call', {
    deed: { by: claim?.by, atMs: claim?.atMs },
  });
}

function refuseDone({ status, closedBy, changedAtMs }: StoredCall): void {
  if (status !== 'done') return;
  throw new Fault('conflict', 'panggilan ini sudah ditutup · this call is closed already', {
    deed: { by: closedBy, atMs: changedAtMs },
  });
}

/** As it compares with what was parsed: the database's objects have no fields without a value. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : (value ?? undefined);
