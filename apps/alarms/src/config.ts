import { serviceConfig, webhookNetworks } from '@siaga/service/config';
import { z } from 'zod';

/** Environment of the alarm desk. */
export const AlarmsConfig = serviceConfig({
  MONGODB_URI: z
    .string()
    .startsWith('mongodb')
    .meta({ description: 'document store, for example mongodb://127.0.0.1:27017' }),
  KAFKA_BROKERS: z.string().optional().meta({ description: 'host:port,host:port; unset: the embedded log' }),
  SIAGA_ENGINE: z.string().optional().meta({ description: 'socket of the embedded log' }),
  WEBHOOK_NETWORKS: webhookNetworks,
});
export type AlarmsConfig = z.infer<typeof AlarmsConfig>;
