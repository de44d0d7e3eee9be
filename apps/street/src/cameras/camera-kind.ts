import { CameraRegistered, type Camera, type RegisteredCamera } from '@siaga/contracts';
import { defineCollection, stateOf } from '@siaga/store';
import { linkKind } from '../links/link-kind.ts';
import { panelKind } from '../panels/panel-kind.ts';
import { defineKind } from '../register/kind.ts';
import { exerciseIndex, registrationFields, type Registered } from '../register/registration.ts';
import { cameraSheet, type CameraRow } from './camera-sheet.ts';

export type CameraDocument = Omit<Camera, 'cameraId'> &
  Registered &
  Pick<RegisteredCamera, 'credentialsAtMs'> & {
    /** Name and password, encrypted; read only to sign in with. */
    sealedCredentials?: string | undefined;
    /** When it asked for a digest first, since they were entered. */
    digestAtMs?: number | undefined;
  };

/** Cameras; `_id` is the cameraId. What signs them in leaves with them. */
export const cameras = defineCollection<CameraDocument>({
  name: 'street_cameras',
  fields: {
    name: { type: String, required: true },
    owner: { type: String, required: true },
    purpose: { type: String, required: true },
    noticeOn: String,
    contact: String,
    place: { type: { lat: Number, lng: Number }, required: true, _id: false },
    approximate: { type: Boolean, required: true },
    directionDeg: Number,
    fieldOfViewDeg: Number,
    rangeM: Number,
    linkId: String,
    panelId: String,
    streamUrl: String,
    snapshotUrl: String,
    playbackUrl: String,
    credentialsAtMs: Number,
    mediaStream: String,
    sealedCredentials: { type: String, select: false },
    digestAtMs: { type: Number, select: false },
    ...registrationFields,
  },
  indexes: [
    exerciseIndex,
    { name: 'owner', fields: { owner: 1 } },
    { name: 'link', fields: { linkId: 1 } },
    { name: 'panel', fields: { panelId: 1 } },
    // whoever names a stream may look at it: nobody names what is another camera's
    { name: 'mediaStream', fields: { mediaStream: 1 }, unique: true, sparse: true },
  ],
  state: stateOf(CameraRegistered, ({ _id, name, owner, place, approximate, changedAtMs, ...rest }) => {
    const { directionDeg, fieldOfViewDeg, rangeM, linkId } = rest;
    const guessed = approximate ? ({ approximate } as const) : {};
    const view = { directionDeg, fieldOfViewDeg, rangeM, linkId };
    return { cameraId: _id, name, owner, place: { lat: place.lat, lng: place.lng }, ...guessed, ...view, changedAtMs };
  }),
});

/** The register of cameras. */
export const cameraKind = defineKind({
  ...{ name: 'street.cameras', collection: cameras, key: ['cameraId'], sheet: cameraSheet },
  searched: ['_id', 'name'],
  optional: [
    ...['directionDeg', 'fieldOfViewDeg', 'rangeM', 'linkId', 'panelId', 'streamUrl', 'snapshotUrl', 'playbackUrl'],
    ...['noticeOn', 'contact', 'mediaStream'],
  ],
  owned: { hidden: ['streamUrl', 'snapshotUrl', 'playbackUrl', 'mediaStream', 'credentialsAtMs'] },
  parent: { field: 'linkId', kind: linkKind },
  alsoOf: [{ field: 'panelId', kind: panelKind }],
  thingOf: (row) => {
    const { lat, lng, approximate = false, ...rest } = row as unknown as CameraRow;
    return { ...rest, approximate, place: { lat, lng } };
  },
  rowOf: (camera) => {
    const { cameraId, name, owner, purpose, place, approximate, ...rest } = camera as Camera;
    const { directionDeg, fieldOfViewDeg, rangeM, linkId, panelId } = rest;
    const { streamUrl, snapshotUrl, playbackUrl, mediaStream, noticeOn, contact } = rest;
    const row = {
      ...{ cameraId, name, owner, purpose, lat: place.lat, lng: place.lng },
      ...{ directionDeg, fieldOfViewDeg, rangeM, linkId, panelId },
      ...{ streamUrl, snapshotUrl, playbackUrl, mediaStream, noticeOn, contact },
    };
    return { ...row, ...(approximate ? { approximate } : {}) };
  },
});
