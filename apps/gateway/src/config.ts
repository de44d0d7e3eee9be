import { existsSync } from 'node:fs';
import path from 'node:path';
import { perSecond, readCertificate, serviceConfig, ServiceConfig } from '@siaga/service/config';
import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((item) => item !== ''));

/** Environment of the gateway. */
export const GatewayConfig = serviceConfig({
  PORT: ServiceConfig.shape.PORT.unwrap()
    .default(3000)
    .meta({ description: 'port of the wall and the API; 0: a free one' }),
  KAFKA_BROKERS: z.string().optional().meta({ description: 'host:port,host:port; unset: the embedded log' }),
  SIAGA_ENGINE: z.string().optional().meta({ description: 'socket of the embedded log' }),
  WASTE_URL: z.url().default('http://127.0.0.1:3010').meta({ description: 'where the waste service answers' }),
  STREET_URL: z.url().default('http://127.0.0.1:3013').meta({ description: 'where the street service answers' }),
  ALARMS_URL: z.url().default('http://127.0.0.1:3012').meta({ description: 'where the alarm desk answers' }),
  EMERGENCY_URL: z.url().default('http://127.0.0.1:3014').meta({ description: 'where the emergency service answers' }),
  TALK_URL: z.url().default('http://127.0.0.1:3015').meta({ description: 'where the talk service answers' }),
  IDENTITY_URL: z.url().default('http://127.0.0.1:3011').meta({ description: 'where the identity service answers' }),
  TLS_CERT_FILE: z.string().optional().meta({
    description:
      'certificate for HTTPS on PORT, PEM, those that vouch for it behind it; taken up again when it changes',
  }),
  TLS_KEY_FILE: z.string().optional().meta({ description: 'its private key, PEM without a passphrase' }),
  LOCAL_PORT: ServiceConfig.shape.PORT.unwrap().min(1).optional().meta({
    description: 'a second port in plain HTTP, only on 127.0.0.1, for processes of this machine when PORT speaks HTTPS',
  }),
  SIAGA_WALL: z
    .string()
    .default(path.resolve(import.meta.dirname, '../../../apps/wall/dist'))
    .meta({ description: 'folder of the built wall' }),
  SIAGA_SIMULATOR: z.stringbool().default(false).meta({ description: 'a simulator runs beside the city' }),
  SIAGA_DEVICE_ADDRESSES: list.meta({ description: 'addresses a phone can reach, comma separated, for the QR' }),
  ALLOWED_ORIGINS: list.meta({
    description: 'origins of other pages that may open the live stream and act for who is signed in, comma separated',
  }),
  TRUSTED_PROXIES: list.meta({
    description:
      'whose x-forwarded-for, -proto and -host are believed, comma separated: addresses, networks like 10.0.0.0/8, loopback, uniquelocal',
  }),
  CALLS_PER_SECOND_OF_ADDRESS: perSecond.default(200).meta({
    description: 'requests of people one address may send, on average; twenty times as many at once; 0: no limit',
  }),
  REPORTS_PER_SECOND_OF_ADDRESS: perSecond.default(500).meta({
    description: 'requests of devices one address may send, on average; ten times as many at once; 0: no limit',
  }),
  REPORTS_AT_ONCE: z.coerce.number().int().min(1).max(1024).default(128).meta({
    description: 'reports of devices handed on at a time; who comes then is told to come again',
  }),
  SIAGA_MAP: z.string().optional().meta({ description: 'folder of street maps that `siaga map import` made' }),
  MAP_STYLE_URL: z.url().optional().meta({ description: 'MapLibre style of a real street map' }),
  MAP_PMTILES: z
    .string()
    .refine(existsSync, 'no such file')
    .optional()
    .meta({ description: 'PMTiles file of real streets, served at /map.pmtiles' }),
}).check((context) => {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = context.value;
  if (certFile === undefined && keyFile === undefined) return;
  const refuse = (variable: string, message: string) =>
    context.issues.push({ code: 'custom', input: context.value, path: [variable], message });
  if (certFile === undefined) refuse('TLS_CERT_FILE', 'is needed with TLS_KEY_FILE: HTTPS takes both');
  else if (keyFile === undefined) refuse('TLS_KEY_FILE', 'is needed with TLS_CERT_FILE: HTTPS takes both');
  else {
    try {
      readCertificate({ certFile, keyFile });
    } catch (error) {
      refuse('TLS_CERT_FILE', (error as Error).message);
    }
  }
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
