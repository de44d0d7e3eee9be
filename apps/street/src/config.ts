import { perSecond, serviceConfig } from '@siaga/service/config';
import { z } from 'zod';
import { MediaServers } from './cameras/media/media-servers.ts';

/** Environment of the street service. */
export const StreetConfig = serviceConfig({
  MONGODB_URI: z
    .string()
    .startsWith('mongodb')
    .meta({ description: 'document store, for example mongodb://127.0.0.1:27017' }),
  KAFKA_BROKERS: z.string().optional().meta({ description: 'host:port,host:port; unset: the embedded log' }),
  CAMERA_NETWORKS: z
    .string()
    .regex(/^[0-9a-f.:/]+(,[0-9a-f.:/]+)*$/i, 'networks with commas between, for example 10.20.0.0/16,127.0.0.1')
    .transform((text) => text.split(','))
    .optional()
    .meta({
      description:
        'networks where cameras are reached at any address and port; unset: everywhere but this machine, its links and the ports of databases and brokers',
    }),
  CAMERA_WATCH_SECONDS: z.coerce.number().min(1).max(3600).default(60).meta({
    description: 'so often each camera is looked at, and so long trouble must last before it is told',
  }),
  MEDIA_SERVERS: MediaServers.optional().meta({
    description:
      'go2rtc and mediamtx between cameras and browsers, `;` between them: the one city whose it is and its name, kind, a secret of its own, where we ask it, where browsers find its pictures, for mediamtx also its HLS (or `-`) and where we ask for its recordings; for example `3574/pusat mediamtx <20 letters or more> http://10.20.0.4:9997 /media/pusat /media/pusat-hls http://10.20.0.4:9996`',
  }),
  MQTT_PORT: z.coerce.number().int().min(0).max(65_535).default(0).meta({
    description: 'port where controllers of lamps and panels report by MQTT; 0: there is none',
  }),
  MQTT_HOST: z.string().optional().meta({ description: 'address MQTT listens on; unset: HOST' }),
  TLS_CERT_FILE: z.string().optional().meta({
    description: 'certificate with which MQTT speaks TLS, PEM, with TLS_KEY_FILE; taken up again when it changes',
  }),
  TLS_KEY_FILE: z.string().optional().meta({ description: 'its private key, PEM without a passphrase' }),
  SIAGA_ENGINE: z.string().optional().meta({ description: 'socket of the embedded log' }),
  REPORTS_PER_SECOND_OF_CONTROLLER: perSecond.default(10).meta({
    description: 'reports one controller may send, on average; those of five minutes at once; 0: no limit',
  }),
  STRANGERS_PER_SECOND_OF_ADDRESS: perSecond.default(10).meta({
    description:
      'reports of unknown devices heard from one address, on average; those of a minute at once; 0: no limit',
  }),
});
export type StreetConfig = z.infer<typeof StreetConfig>;
