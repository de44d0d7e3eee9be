import { Agency, roles } from '@siaga/contracts';
import { signToken } from '@siaga/service/principal';
import { z } from 'zod';
import { optionsOf } from '../option-words.ts';
import type { Command } from './command.ts';

const Options = z.object({
  role: z.enum(roles),
  agency: Agency.default('command'),
  lifetime: z
    .string()
    .regex(/^\d+[mhd]$/, 'bilangan dan m, h atau d, misalnya 12h · a number and m, h or d, for example 12h')
    .default('12h'),
});

/** `siaga token --role viewer`: prints one access token, for scripts. */
export const token: Command = {
  summary: 'cetak satu token untuk skrip · print one access token, for scripts',
  usage: '--role <peran · role> [--agency <OPD · agency>] [--lifetime 12h]',
  options: { role: { type: 'string' }, agency: { type: 'string' }, lifetime: { type: 'string' } },
  async run({ data, city, values }) {
    const { role, agency, lifetime } = optionsOf(Options, values);
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
