import { defineCollection } from '@siaga/store';
import { TIMELINE_KEPT_DAYS } from '../retention-rules.ts';
import type { DutyWord } from './duty-rules.ts';

/** What was said about the duty of one unit: the unit itself keeps only the last of it. */
export interface DutyWordDocument extends DutyWord {
  unitId: string;
  /** When it was said: it leaves so long after. */
  at: Date;
}

/** Words about duties; `_id` is the unitId and when it was said. Nothing simulated is among them. */
export const dutyWords = defineCollection<DutyWordDocument>({
  name: 'emergency_duty_words',
  called: 'pernyataan siaga',
  fields: {
    unitId: { type: String, required: true },
    duty: { type: String, required: true },
    untilMs: Number,
    atMs: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  indexes: [
    { name: 'said', fields: { atMs: 1 } },
    { name: 'kept', fields: { at: 1 }, expireAfterSeconds: TIMELINE_KEPT_DAYS * 86_400 },
  ],
});
