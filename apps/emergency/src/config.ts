import { serviceConfig } from '@siaga/service/config';
import { z } from 'zod';

/** Environment of the emergency service. */
export const EmergencyConfig = serviceConfig({
  MONGODB_URI: z
    .string()
    .startsWith('mongodb')
    .meta({ description: 'document store, for example mongodb://127.0.0.1:27017' }),
  KAFKA_BROKERS: z.string().optional().meta({ description: 'host:port,host:port; unset: the embedded log' }),
  SIAGA_ENGINE: z.string().optional().meta({ description: 'socket of the embedded log' }),
  SIAGA_MAP: z.string().optional().meta({ description: 'folder of street maps that `siaga map import` made' }),
});
export type EmergencyConfig = z.infer<typeof EmergencyConfig>;
