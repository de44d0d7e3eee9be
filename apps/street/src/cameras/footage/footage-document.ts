import { FootageRequest } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';
import { exerciseIndex } from '../../register/registration.ts';

type Optional = 'requester' | 'decision' | 'handOver';

/** A request as the rules see it. */
export type Footage = Omit<FootageRequest, 'footageId' | 'version' | 'playback' | Optional> & {
  [Field in Optional]?: FootageRequest[Field] | undefined;
} & { exercise: boolean };
export type StoredFootage = Stored<Footage>;

/** Requests for recordings; `_id` is the footageId. */
export const footage = defineCollection<Footage>({
  name: 'street_footage',
  fields: {
    cameraIds: { type: [String], required: true },
    owner: { type: String, required: true },
    fromMs: { type: Number, required: true },
    toMs: { type: Number, required: true },
    letterNumber: { type: String, required: true },
    purpose: { type: String, required: true },
    requester: String,
    institution: { type: String, required: true },
    keptUntilMs: { type: Number, required: true },
    status: { type: String, required: true },
    askedBy: { type: String, required: true },
    askedAtMs: { type: Number, required: true },
    decision: { type: { by: String, atMs: Number, note: String }, default: undefined, _id: false },
    handOver: { type: { by: String, atMs: Number, how: String, sha256: String }, default: undefined, _id: false },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'asked', fields: { askedAtMs: 1 } },
    { name: 'status', fields: { status: 1, askedAtMs: 1 } },
    exerciseIndex,
  ],
});

/** What callers are told of a request. */
export const footageOf = ({ _id, ...stored }: StoredFootage, playback?: FootageRequest['playback']): FootageRequest =>
  FootageRequest.parse({ footageId: _id, ...stored, playback });
