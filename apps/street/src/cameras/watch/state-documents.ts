import { CameraStateChanged, type Agency, type CameraHealth, type Place } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';
import type { Watched } from './watch-rules.ts';

export interface CameraStateDocument extends Watched {
  owner: Agency;
  name: string;
  place: Place;
  linkId?: string | undefined;
  exercise: boolean;
  changedAtMs: number;
}
export type StoredCameraState = Stored<CameraStateDocument>;

/** How cameras are; `_id` is the cameraId. `wakeAtMs` is the next look. */
export const cameraStates = defineCollection<CameraStateDocument>({
  name: 'street_camera_states',
  fields: {
    owner: { type: String, required: true },
    name: { type: String, required: true },
    place: { type: { lat: Number, lng: Number }, required: true, _id: false },
    linkId: String,
    exercise: { type: Boolean, required: true },
    health: { type: String, required: true },
    sinceMs: { type: Number, required: true },
    checkedAtMs: { type: Number, required: true },
    changedAtMs: { type: Number, required: true },
    lastPictureAtMs: Number,
    judgedAtMs: Number,
    detail: String,
    doubt: { type: { health: String, sinceMs: Number }, default: undefined, _id: false },
  },
  indexes: [{ name: 'link', fields: { linkId: 1 } }],
  state: stateOf(CameraStateChanged, ({ _id, owner, place, health, sinceMs, checkedAtMs, ...rest }) => {
    const { lastPictureAtMs, detail, changedAtMs } = rest;
    const where = { lat: place.lat, lng: place.lng };
    return { cameraId: _id, owner, place: where, health, sinceMs, checkedAtMs, lastPictureAtMs, detail, changedAtMs };
  }),
});

/** Links that are down, concluded from their cameras; `_id` is the linkId. */
export const linkStates = defineCollection<{ downSinceMs: number; exercise: boolean }>({
  name: 'street_link_states',
  fields: { downSinceMs: { type: Number, required: true }, exercise: { type: Boolean, required: true } },
});

/** What a camera is before anybody looked. */
export const unchecked: { health: CameraHealth } = { health: 'unchecked' };
