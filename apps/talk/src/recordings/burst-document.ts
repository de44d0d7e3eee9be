import { Recording, type Agency, type Place, type VoiceHole } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';

/** A burst at its beginning. */
export interface Beginning {
  readonly recordingId: string;
  readonly groupId: string;
  readonly agencies: readonly Agency[];
  readonly principalId: string;
  readonly isEmergency: boolean;
  readonly startedAtMs: number;
  readonly place: Place | undefined;
  readonly exercise: boolean;
}

/** A burst from its permit tone on. */
export interface BurstDocument {
  groupId: string;
  agencies: Agency[];
  principalId: string;
  isEmergency: boolean;
  startedAtMs: number;
  place?: Place | undefined;
  exercise: boolean;
  /** `open`: its voice lies in parts. `kept`: it is one file. `empty`: nobody said anything. */
  status: 'open' | 'kept' | 'empty';
  durationMs?: number | undefined;
  holes?: VoiceHole[] | undefined;
  isCutOff?: true | undefined;
  hash?: string | undefined;
  bytes?: number | undefined;
  contentType?: Recording['contentType'] | undefined;
}
export type StoredBurst = Stored<BurstDocument>;

/** Bursts; `_id` is the recordingId. */
export const bursts = defineCollection<BurstDocument>({
  name: 'talk_bursts',
  called: 'rekaman',
  fields: {
    groupId: { type: String, required: true },
    agencies: { type: [String], required: true },
    principalId: { type: String, required: true },
    isEmergency: { type: Boolean, required: true },
    startedAtMs: { type: Number, required: true },
    place: Object,
    exercise: { type: Boolean, required: true },
    status: { type: String, required: true },
    durationMs: Number,
    holes: { type: [Object], default: undefined },
    isCutOff: Boolean,
    hash: String,
    bytes: Number,
    contentType: String,
  },
  indexes: [
    { name: 'group', fields: { groupId: 1, startedAtMs: -1 } },
    { name: 'started', fields: { startedAtMs: -1 } },
  ],
});

/** A second of a burst's packets, in base64, as they came over the wire. */
export interface PartDocument {
  recordingId: string;
  /** From 0. */
  at: number;
  packets: string[];
}

/** Parts of bursts; `_id` is `<recordingId>/<at>`. */
export const parts = defineCollection<PartDocument>({
  name: 'talk_parts',
  fields: {
    recordingId: { type: String, required: true },
    at: { type: Number, required: true },
    packets: { type: [String], required: true },
  },
  indexes: [{ name: 'recording', fields: { recordingId: 1, at: 1 } }],
});

/** What callers are told of a kept burst: what the contract names, and nothing else. */
export const recordingOf = ({ _id, ...burst }: StoredBurst): Recording =>
  Recording.parse({ ...burst, recordingId: _id });
