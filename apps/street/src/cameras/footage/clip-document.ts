import { PinnedClip } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';
import { exerciseIndex } from '../../register/registration.ts';

type Optional = 'problem' | 'bytes' | 'sha256';

export type ClipDocument = Omit<PinnedClip, 'clipId' | Optional> & {
  [Field in Optional]?: PinnedClip[Field] | undefined;
} & {
  /** Where it is copied from: server and path; told to nobody. */
  mediaStream: string;
  /** How often copying was begun. */
  tries: number;
  /** Why the last try broke off. */
  setback?: string | undefined;
  /** It is being erased, with the recording of this hash: shown to nobody, and finished by whoever finds it. */
  erasing?: string | undefined;
  exercise: boolean;
};
export type StoredClip = Stored<ClipDocument>;

/** Recordings that are kept, or on their way; `_id` is the clipId. */
export const clips = defineCollection<ClipDocument>({
  name: 'street_clips',
  fields: {
    cameraId: { type: String, required: true },
    cameraName: { type: String, required: true },
    owner: { type: String, required: true },
    about: { type: String, required: true },
    purpose: { type: String, required: true },
    fromMs: { type: Number, required: true },
    toMs: { type: Number, required: true },
    status: { type: String, required: true },
    problem: String,
    askedAtMs: { type: Number, required: true },
    askedBy: { type: String, required: true },
    keptUntilMs: { type: Number, required: true },
    bytes: Number,
    sha256: String,
    mediaStream: { type: String, required: true },
    tries: { type: Number, required: true },
    setback: String,
    erasing: String,
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'asked', fields: { askedAtMs: 1 } },
    { name: 'camera', fields: { cameraId: 1, askedAtMs: 1 } },
    { name: 'about', fields: { about: 1, askedAtMs: 1 } },
    exerciseIndex,
  ],
});

/** What callers are told of a clip. */
export const clipOf = ({ _id, ...stored }: StoredClip): PinnedClip => PinnedClip.parse({ clipId: _id, ...stored });
