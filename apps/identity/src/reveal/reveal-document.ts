import type { FieldClass } from '@siaga/contracts';
import { defineCollection } from '@siaga/store';

interface RevealDocument {
  principalId: string;
  classes: FieldClass[];
  /** In the words of who asked. Kept here and nowhere else: neither the log nor the audit trail has it. */
  reason: string;
  atMs: number;
  untilMs: number;
}

/** Every time somebody asked to see masked fields uncovered, and why. */
export const reveals = defineCollection<RevealDocument>({
  name: 'identity_reveals',
  fields: {
    principalId: { type: String, required: true },
    classes: { type: [String], required: true },
    reason: { type: String, required: true },
    atMs: { type: Number, required: true },
    untilMs: { type: Number, required: true },
  },
  indexes: [{ name: 'principal', fields: { principalId: 1, atMs: 1 } }],
});
