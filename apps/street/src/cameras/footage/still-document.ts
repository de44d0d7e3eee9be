import { PinnedStill } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';
import { exerciseIndex } from '../../register/registration.ts';

export type StillDocument = Omit<PinnedStill, 'stillId' | 'playbackUrl'> & {
  playbackUrl?: string | undefined;
  /** Of its content; told to nobody. */
  hash: string;
  /** Its picture is on its way: shown to nobody. What broke off then is found by it, and settled. */
  keeping?: true | undefined;
  exercise: boolean;
};
export type StoredStill = Stored<StillDocument>;

/** Stills that are kept; `_id` is the stillId. */
export const stills = defineCollection<StillDocument>({
  name: 'street_stills',
  fields: {
    cameraId: { type: String, required: true },
    cameraName: { type: String, required: true },
    owner: { type: String, required: true },
    about: { type: String, required: true },
    purpose: { type: String, required: true },
    takenAtMs: { type: Number, required: true },
    takenBy: { type: String, required: true },
    keptUntilMs: { type: Number, required: true },
    bytes: { type: Number, required: true },
    playbackUrl: String,
    hash: { type: String, required: true },
    keeping: Boolean,
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'taken', fields: { takenAtMs: 1 } },
    { name: 'camera', fields: { cameraId: 1, takenAtMs: 1 } },
    { name: 'about', fields: { about: 1, takenAtMs: 1 } },
    exerciseIndex,
  ],
});

/** What callers are told of a still. */
export const stillOf = ({ _id, ...stored }: StoredStill): PinnedStill => PinnedStill.parse({ stillId: _id, ...stored });
