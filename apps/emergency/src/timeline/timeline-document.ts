import type { IncidentLogged } from '@siaga/contracts';
import { defineCollection } from '@siaga/store';
import { TIMELINE_KEPT_DAYS } from '../retention-rules.ts';

/** One line of the timeline: as it was told, and what it is found by. */
export interface LineDocument {
  incidentId?: string | undefined;
  callId?: string | undefined;
  otherIncidentId?: string | undefined;
  atMs: number;
  entry: IncidentLogged;
  /** When it was told: it leaves so long after. */
  at: Date;
  exercise: boolean;
}

/** Lines; `_id` is the entryId. */
export const timeline = defineCollection<LineDocument>({
  name: 'emergency_timeline',
  called: 'baris linimasa',
  fields: {
    incidentId: String,
    callId: String,
    otherIncidentId: String,
    atMs: { type: Number, required: true },
    entry: { type: Object, required: true },
    at: { type: Date, required: true },
    exercise: { type: Boolean, required: true },
  },
  indexes: [
    { name: 'incident', fields: { incidentId: 1, atMs: 1 } },
    { name: 'call', fields: { callId: 1, atMs: 1 } },
    { name: 'other', fields: { otherIncidentId: 1, atMs: 1 }, sparse: true },
    { name: 'step', fields: { 'entry.step': 1, atMs: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
    { name: 'kept', fields: { at: 1 }, expireAfterSeconds: TIMELINE_KEPT_DAYS * 86_400 },
  ],
});
