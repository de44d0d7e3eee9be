import { ActionAttempted, ActionConcluded, type AuditRecord } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';

/** One sealed record; `_id` is its seq as {@link idOfSeq}. Nothing is kept twice: what is searched is what is sealed. */
export interface RecordDocument {
  name: AuditRecord['event']['name'];
  data: AuditRecord['event']['data'];
  hash: string;
}

/** The chain of the city. A unique `_id` refuses a second sealer, a unique attempt and name a repeat of the log. */
export const auditRecords = defineCollection<RecordDocument>({
  name: 'audit_records',
  fields: {
    name: { type: String, required: true, enum: [ActionAttempted.name, ActionConcluded.name] },
    data: { type: Object, required: true },
    hash: { type: String, required: true },
  },
  indexes: [
    { name: 'attempt', fields: { 'data.attemptId': 1, name: 1 }, unique: true },
    { name: 'subject', fields: { 'data.subjects': 1, _id: 1 } },
    { name: 'principal', fields: { 'data.principalId': 1, _id: 1 } },
  ],
});

/** A seq as an `_id` whose order is that of numbers. */
export const idOfSeq = (seq: number): string => String(seq).padStart(16, '0');

/** A document as the record that it keeps. */
export const recordOf = ({ _id, name, data, hash }: Stored<RecordDocument>): AuditRecord => ({
  seq: Number(_id),
  event: { name, data } as AuditRecord['event'],
  hash,
});
