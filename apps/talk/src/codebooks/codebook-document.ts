import { Codebook, type DeskAgency } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';
import type { z } from 'zod';

/** The codes of one agency. */
export interface CodebookDocument extends Omit<Codebook, 'agency'> {
  exercise: boolean;
}
export type StoredCodebook = Stored<CodebookDocument>;

/** Codebooks; `_id` is the agency. */
export const codebooks = defineCollection<CodebookDocument>({
  name: 'talk_codebooks',
  called: 'sandi',
  fields: {
    codes: { type: [Object], required: true },
    changedBy: { type: String, required: true },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
  },
});

/** What callers are told. */
export const codebookOf = ({ _id, ...stored }: StoredCodebook): Codebook =>
  Codebook.parse({ ...stored, agency: _id as z.infer<typeof DeskAgency> });
