import { Agency, Fault, roles } from '@siaga/contracts';
import { signToken } from '@siaga/service/principal';
import { z } from 'zod';
import { optionsOf } from '../option-words.ts';
import { siagaCommand } from '../siaga-command.ts';
import type { Command, CommandInput } from './command.ts';

const minutesOf = { m: 1, h: 60, d: 24 * 60 };
/** What a script has for longer than a year is a password, and nobody remembers who has it. */
const MOST_MINUTES = 365 * minutesOf.d;

const Options = z.object({
  role: z.enum(roles),
  agency: Agency.default('command'),
  lifetime: z
    .string()
    .refine((text) => {
      const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
      const minutes = Number(count) * minutesOf[unit as keyof typeof minutesOf];
      return minutes >= 1 && minutes <= MOST_MINUTES;
    }, 'bilangan dan m, h atau d, dari 1m sampai 365d · a number and m, h or d, from 1m to 365d')
    .default('12h'),
  exercise: z.boolean().default(false),
});

/** `siaga token --role viewer`: prints one access token, for scripts. */
export const token: Command = {
  summary: 'cetak satu token untuk skrip · print one access token, for scripts',
  usage: '--role <peran · role> [--agency <OPD · agency>] [--lifetime 12h] [--exercise]',
  options: {
    role: { type: 'string' },
    agency: { type: 'string' },
    lifetime: { type: 'string' },
    // whatever it registers is simulated: for drills and tests
    exercise: { type: 'boolean' },
  },
  async run({ values, ...input }) {
    const { role, agency, lifetime, exercise } = optionsOf(Options, values);
    const { data, city } = input;
    await assertToBeServed(input);
    const principal = {
      id: 'script',
      kind: 'service',
      city,
      agencies: [agency],
      roles: [role],
      exercise,
    } as const;
    const signed = await signToken(principal, await data.secret(), lifetime);
    return { answer: { token: signed }, text: signed };
  },
};

/** Of a city that runs it is asked before any command; of one elsewhere nothing is known here. What would the next start serve? */
async function assertToBeServed({ data, city, toServe, gatewayUrl }: Omit<CommandInput, 'values'>): Promise<void> {
  if (gatewayUrl !== undefined || toServe.includes(city) || (await data.running()) !== undefined) return;
  if (data.cities().some(({ code }) => code === city)) return;
  throw new Fault(
    'not-found',
    `kota ${city} tidak dilayani di sini, tokennya tidak akan berlaku · city ${city} is not served here, its token would be good for nothing: ${siagaCommand('city list')}`,
  );
}
