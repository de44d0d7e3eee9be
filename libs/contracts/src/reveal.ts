import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { FieldClass } from './field-class.ts';
import { revealing } from './permission.ts';
import { EpochMs, label } from './shapes.ts';

export const Reveal = defineRoute({
  name: 'identity.reveal',
  summary: 'Uncovers masked fields for me for a short time. That it was asked is written down, and the reason is kept.',
  method: 'POST',
  path: '/api/identity/reveal',
  body: z.object({
    classes: z.array(FieldClass).min(1).max(FieldClass.options.length),
    reason: label(300).min(
      10,
      'tulis alasannya, paling sedikit 10 karakter · state the reason, at least 10 characters',
    ),
    minutes: z.number().int().min(1).max(15),
  }),
  answer: z.object({ untilMs: EpochMs }),
  status: 200,
  permission: revealing,
  // what from when to when: which values of the live stream were read meanwhile nobody can tell
  audit: ({ body }: { body: { classes: readonly FieldClass[]; minutes: number } }) => [
    ...new Set(body.classes.map((name) => `class:${name}`)),
    `minutes:${String(body.minutes)}`,
  ],
});
