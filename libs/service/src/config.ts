import { isIPv4 } from 'node:net';
import { z } from 'zod';

export { readCertificate } from './tls/certificate.ts';

/** The environment does not fit; `message` lists every problem at once, one per line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A rate limit in one variable; 0: no limit. */
export const perSecond = z.coerce.number().min(0).max(1_000_000);

/** Inner networks that addresses of users may lie in; for {@link Outgoing}. */
export const webhookNetworks = z
  .string()
  .regex(/^[0-9a-f.:/]+(,[0-9a-f.:/]+)*$/i, 'networks with commas between, for example 10.20.0.0/16,10.30.1.5')
  .transform((text) => text.split(','))
  .optional()
  .meta({
    description:
      'inner networks that webhooks may go to, by HTTP as well, for example 10.20.0.0/16; unset: only the public Internet by HTTPS',
  });

/** Variables every app reads. An app's own schema extends it. */
export const ServiceConfig = z.object({
  /** Address to listen on. */
  HOST: z.string().default('127.0.0.1').meta({ description: 'address to listen on' }),
  /** Port to listen on; 0 picks a free one. */
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .meta({ description: 'port to listen on; 0 picks a free one' }),
  /** Kemendagri code of the city served. */
  SIAGA_CITY: z
    .string()
    .regex(/^\d{4}$/, 'four digits, for example 3574')
    .default('3574')
    .meta({ description: 'Kemendagri code of the city' }),
  SIAGA_CITIES: z
    .string()
    .regex(/^\d{4}(,\d{4})*$/, 'codes of four digits with commas between, for example 3574,3573')
    .transform((text) => text.split(','))
    .optional()
    .meta({
      description:
        'Kemendagri codes of all cities served, comma separated; unset: SIAGA_CITY alone, which always is one of them and the one of who names no city',
    }),
  SIAGA_CITIES_FILE: z.string().optional().meta({
    description: 'JSON list of cities beyond those this build knows, as `siaga city add` writes it; need not be there',
  }),
  SIAGA_SECRET: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(32, 'each has at least 32 characters')).max(3))
    .optional()
    .meta({
      description:
        'secret that signs access tokens; after a comma the one before it, which still verifies; unset: tokens are not accepted and every caller is the local operator',
    }),
  SIAGA_LOCAL_OPERATOR: z
    .stringbool()
    .optional()
    .meta({ description: 'true: a caller without a token is the local operator; only for loopback' }),
  SIAGA_SEAT: z
    .string()
    .regex(/^[\w@-]+:\d{1,15}$/, 'a seat and its incarnation, for example identity:1763800000123')
    .transform((text) => {
      const [name = '', incarnation] = text.split(':');
      return { name, incarnation: Number(incarnation) };
    })
    .optional()
    .meta({
      description:
        'which of its children a process is and since when; for the supervisor of `npm start` to set, for nobody else',
    }),
  CALLS_PER_SECOND: perSecond.default(100).meta({
    description: 'REST calls one person may make, on average; twenty times as many at once; 0: no limit',
  }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'least severe message that is logged' }),
});
export type ServiceConfig = z.infer<typeof ServiceConfig>;

/** Every city a process serves, each once: the home city, which is the one of who names none, comes first. */
export const servedCities = ({ SIAGA_CITY, SIAGA_CITIES = [] }: Pick<ServiceConfig, 'SIAGA_CITY' | 'SIAGA_CITIES'>) => [
  ...new Set([SIAGA_CITY, ...SIAGA_CITIES]),
];

/** Whether only this machine can reach the address. A name is none, whatever it begins with: `127.evil.example` may point anywhere. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

/** Configuration of a service: what every app reads, and its own. Nobody listens on a network without asking for tokens. */
export const serviceConfig = <Shape extends z.ZodRawShape>(shape: Shape) =>
  ServiceConfig.extend(shape).check((context) => {
    const { HOST, SIAGA_SECRET, SIAGA_LOCAL_OPERATOR } = context.value as ServiceConfig;
    if (isLoopback(HOST)) return;
    const refuse = (variable: string, message: string) =>
      context.issues.push({ code: 'custom', input: context.value, path: [variable], message });
    if (SIAGA_SECRET === undefined) {
      refuse(
        'SIAGA_SECRET',
        'is needed when HOST is not a loopback address: at least 32 characters, the same for every app',
      );
    }
    if (SIAGA_LOCAL_OPERATOR === true)
      refuse('SIAGA_LOCAL_OPERATOR', 'must not be true when HOST is not a loopback address');
  });

/** Reads configuration once, before anything connects. An empty variable counts as unset. */
export function loadConfig<Shape extends z.ZodType>(
  schema: Shape,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.output<Shape> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`Setelan tidak cocok · configuration does not fit:\n${lines.join('\n')}`);
}
