import { Agency, parse, roles } from '@siaga/contracts';
import { signToken } from '@siaga/service';
import { z } from 'zod';
import type { Command } from './command.ts';

const Options = z.object({
  role: z.enum(roles),
  agency: Agency.default('command'),
  lifetime: z
    .string()
    .regex(/^\d+[mhd]$/, 'a number and m, h or d, for example 12h')
    .default('12h'),
});

/** `siaga token --role viewer`: prints one access token, for scripts. */
export const token: Command = {
  summary: '--role <role> [--agency <agency>] [--lifetime 12h]: print one access token, for scripts',
  options: { role: { type: 'string' }, agency: { type: 'string' }, lifetime: { type: 'string' } },
  async run({ data, city, values }) {
    const { role, agency, lifetime } = parse(Options, values, 'options');
    const principal = {
      id: 'script',
      kind: 'service',
      city,
      agencies: [agency],
      roles: [role],
      exercise: false,
    } as const;
    const signed = await signToken(principal, await data.secret(), lifetime);
    return { answer: { token: signed }, text: signed };
  },
};
