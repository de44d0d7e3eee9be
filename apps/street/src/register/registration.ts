import type { Registration } from '@siaga/contracts';

/** What the register keeps beside what people enter; the store keeps the version. */
export type Registered = Omit<Registration, 'version'>;

/** Mongoose types of {@link Registered}, for the collections of every kind. */
export const registrationFields = {
  exercise: { type: Boolean, required: true },
  createdAtMs: { type: Number, required: true },
  changedAtMs: { type: Number, required: true },
} as const;

/** Lets a clearing find what is simulated. */
export const exerciseIndex = { name: 'exercise', fields: { exercise: 1 } } as const;
