import { serviceConfig } from '@siaga/service/config';
import { z } from 'zod';

/** Environment of the alarm desk. */
export const AlarmsConfig = serviceConfig({
  MONGODB_URI: z
    .string()
    .startsWith('mongodb')
    .meta({ description: 'document store, for example mongodb://127.0.0.1:27017' }),
  KAFKA_BROKERS: z.string().optional().meta({ description: 'host:port,host:port; unset: the embedded log' }),
  SIAGA_ENGINE: z.string().optional().meta({ description: 'socket of the embedded log' }),
  WEBHOOK_NETWORKS: z
    .string()
    .regex(/^[0-9a-f.:/]+(,[0-9a-f.:/]+)*$/i, 'networks with commas between, for example 10.20.0.0/16,10.30.1.5')
    .transform((text) => text.split(','))
    .optional()
    .meta({
      description:
        'inner networks that webhooks may go to, by HTTP as well, for example 10.20.0.0/16; unset: only the public Internet by HTTPS',
    }),
});
export type AlarmsConfig = z.infer<typeof AlarmsConfig>;
