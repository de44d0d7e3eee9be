import type { HandOver } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';
import { HAND_OVERS_KEPT_DAYS } from '../retention-rules.ts';

export interface HandOverDocument extends Omit<HandOver, 'version'> {
  writtenAt: Date;
}

/** Notes of shifts; `_id` is `dishub/2026-11-22/1`: agency, day, which shift of it, so that they sort by time. */
export const handOvers = defineCollection<HandOverDocument>({
  name: 'alarms_hand_overs',
  fields: {
    agency: { type: String, required: true },
    day: { type: String, required: true },
    shift: { type: String, required: true },
    text: { type: String, required: true },
    by: { type: String, required: true },
    atMs: { type: Number, required: true },
    former: { type: [Object], required: true },
    writtenAt: { type: Date, required: true },
  },
  indexes: [
    { name: 'agency', fields: { agency: 1, _id: 1 } },
    { name: 'written', fields: { writtenAt: 1 }, expireAfterSeconds: HAND_OVERS_KEPT_DAYS * 86_400 },
  ],
});

export type StoredHandOver = Stored<HandOverDocument>;
