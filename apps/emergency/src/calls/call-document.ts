import { Call, CallChanged, type CallClaim, type EmergencyPlace, type TelephoneEvent } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';
import type { z } from 'zod';

/** What a telephone system said of a call so far: the earliest stamp of each of its words, epoch ms. */
export type TelephoneMarks = Partial<Record<TelephoneEvent['event'], number>>;

/** One call to the city. */
export interface CallDocument extends Omit<Call, 'callId' | 'version' | 'place' | 'claim'> {
  place?: z.infer<typeof EmergencyPlace> | undefined;
  claim?: z.infer<typeof CallClaim> | undefined;
  exercise: boolean;
  /** The number as numbers are compared; see `number-key.ts`. */
  numberKey?: string | undefined;
  /** Its number is known for junk until then: said when this call was closed. */
  blocksUntilMs?: number | undefined;
  /** Said when it was closed. */
  remark?: string | undefined;
  /** Who closed it. */
  closedBy?: string | undefined;
  /** The link that the caller's phone was sent, hashed; used once. */
  placeLink?: { hash: string; untilMs: number } | undefined;
  /** Of a call that a telephone system told of. */
  telephone?: TelephoneMarks | undefined;
  /** Done for so long that screens are not told of it any more; lists are. */
  archived?: true | undefined;
  /** Its incident was closed by him while somebody was on the line: it is closed when he is not. */
  incidentClosedBy?: string | undefined;
}

const mark = { type: Number };

/** Calls; `_id` is the callId. */
export const calls = defineCollection<CallDocument>({
  name: 'emergency_calls',
  called: 'panggilan',
  fields: {
    source: { type: String, required: true },
    status: { type: String, required: true },
    claim: { type: { by: String, atMs: Number, seenMs: Number }, default: undefined, _id: false },
    place: {
      type: { lat: Number, lng: Number, uncertaintyM: Number, source: String, words: String, kelurahanCode: String },
      default: undefined,
      _id: false,
    },
    kind: String,
    victims: Number,
    words: String,
    callerName: String,
    number: String,
    numberKey: String,
    incidentId: String,
    disposition: String,
    remark: String,
    closedBy: String,
    before: { type: { calls: Number, junk: Number, blockedUntilMs: Number }, default: undefined, _id: false },
    blocksUntilMs: Number,
    locationAskedMs: Number,
    placeLink: { type: { hash: String, untilMs: Number }, default: undefined, _id: false },
    telephone: {
      type: { ringing: mark, claimed_externally: mark, ended: mark, abandoned: mark },
      default: undefined,
      _id: false,
    },
    startedAtMs: { type: Number, required: true },
    answeredAtMs: Number,
    endedAtMs: Number,
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
    archived: Boolean,
    incidentClosedBy: String,
  },
  indexes: [
    { name: 'started', fields: { startedAtMs: 1 } },
    { name: 'status', fields: { status: 1, startedAtMs: 1 } },
    { name: 'incident', fields: { incidentId: 1 }, sparse: true },
    { name: 'number', fields: { numberKey: 1 }, sparse: true },
    { name: 'link', fields: { 'placeLink.hash': 1 }, sparse: true },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(CallChanged, (stored) => (stored.archived === true ? null : callOf(stored))),
});

export type StoredCall = Stored<CallDocument>;

/** What screens and callers are told of a call: what the contract names, and nothing else. */
export function callOf({ _id, ...stored }: StoredCall): Call {
  return Call.parse({ callId: _id, ...stored });
}
