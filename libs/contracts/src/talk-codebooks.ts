import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineRoute } from './define-route.ts';
import { people } from './role.ts';
import { DeskAgency, EpochMs, label } from './shapes.ts';

/** One code and what it means: `8-6`, `dimengerti`. */
export const Code = z.object({ code: label(20), meaning: label(120) });
export type Code = z.infer<typeof Code>;

/** The codes (*sandi*) of one agency, as a hint for who hears them: sources differ, and so do agencies; nothing is decided by a code. */
export const Codebook = z.object({
  agency: DeskAgency,
  /** In the order in which they are read. */
  codes: z.array(Code).max(200),
  changedBy: AlarmActor,
  changedAtMs: EpochMs,
});
export type Codebook = z.infer<typeof Codebook>;

export const ListCodebooks = defineRoute({
  name: 'talk.codebooks.list',
  summary: 'The codes of the caller’s agencies; the room reads all.',
  method: 'GET',
  path: '/api/talk/codebooks',
  answer: z.object({ items: z.array(Codebook) }),
  permission: people,
  audit: 'none',
});

export const PutCodebook = defineRoute({
  name: 'talk.codebooks.put',
  summary: 'Writes the codes of one’s own agency anew, all of them.',
  method: 'PUT',
  path: '/api/talk/codebooks/:agency',
  params: z.object({ agency: DeskAgency }),
  body: Codebook.pick({ codes: true }),
  answer: Codebook,
  permission: ['agency-admin'],
});
