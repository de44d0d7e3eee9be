import { LampRegistered, type Lamp } from '@siaga/contracts';
import { defineCollection, stateOf } from '@siaga/store';
import { panelKind } from '../panels/panel-kind.ts';
import { kelurahanOf } from '../register/columns.ts';
import { defineKind, type Row } from '../register/kind.ts';
import { exerciseIndex, registrationFields, type Registered } from '../register/registration.ts';
import { lampSheet, type LampRow } from './lamp-sheet.ts';

export type LampDocument = Omit<Lamp, 'lampId'> & Registered & { kelurahanCode?: string | undefined };

/** Lamps; `_id` is the lampId. */
const lamps = defineCollection<LampDocument>({
  name: 'street_lamps',
  fields: {
    panelId: String,
    kind: { type: String, required: true },
    watt: { type: Number, required: true },
    ballastFactor: Number,
    poleNumber: String,
    road: String,
    place: { type: { lat: Number, lng: Number }, required: true, _id: false },
    approximate: { type: Boolean, required: true },
    installedOn: String,
    kelurahanCode: String,
    ...registrationFields,
  },
  indexes: [
    exerciseIndex,
    { name: 'panel', fields: { panelId: 1 } },
    { name: 'kelurahan', fields: { kelurahanCode: 1 } },
    { name: 'road', fields: { road: 1 } },
  ],
  state: stateOf(LampRegistered, ({ _id, panelId, kind, watt, place, approximate, kelurahanCode, changedAtMs }) => {
    const { lat, lng } = place;
    const guessed = approximate ? ({ approximate } as const) : {};
    return { lampId: _id, panelId, kind, watt, place: { lat, lng }, ...guessed, kelurahanCode, changedAtMs };
  }),
});

/** The register of lamps. */
export const lampKind = defineKind({
  ...{ name: 'street.lamps', collection: lamps, key: ['lampId'], sheet: lampSheet },
  searched: ['_id', 'poleNumber', 'road'],
  optional: ['panelId', 'ballastFactor', 'poleNumber', 'road', 'installedOn', 'kelurahanCode'],
  parent: { field: 'panelId', kind: panelKind, inRow: panelIn },
  foreign: ['idpel'],
  thingOf: (row) => {
    const { lampId, panelId, watt, road, poleNumber, lat, lng, ballastFactor, installedOn, ...rest } =
      row as unknown as LampRow;
    const { kind = 'grid', approximate = false } = rest;
    const entered = { lampId, panelId, watt, road, poleNumber, ballastFactor, installedOn };
    return { ...entered, kind, approximate, place: { lat, lng } };
  },
  rowOf: (lamp) => {
    const { lampId, panelId, kind, watt, ballastFactor, poleNumber, road, place, approximate, installedOn } =
      lamp as Lamp;
    const row = {
      lampId,
      poleNumber,
      panelId,
      watt,
      road,
      ...{ lat: place.lat, lng: place.lng },
      ballastFactor,
      installedOn,
    };
    return { ...row, ...(kind === 'grid' ? {} : { kind }), ...(approximate ? { approximate } : {}) };
  },
  computed: (lamp) => kelurahanOf((lamp as Partial<Lamp>).place),
});

/** Exports of smart PJU systems name a panel's IDPEL lamp by lamp, and not whether it has a meter: that is for people to say. */
function panelIn(row: Row): Row | undefined {
  const { panelId, idpel } = row as Partial<LampRow>;
  return panelId === undefined || idpel === undefined ? undefined : { panelId, idpel, supply: 'estimated' };
}
