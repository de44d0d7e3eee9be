import { serviceConfig } from '@siaga/service/config';
import { z } from 'zod';

/** Environment of touch to talk. */
export const TalkConfig = serviceConfig({
  MONGODB_URI: z
    .string()
    .startsWith('mongodb')
    .meta({ description: 'document store, for example mongodb://127.0.0.1:27017' }),
  KAFKA_BROKERS: z.string().optional().meta({ description: 'host:port,host:port; unset: the embedded log' }),
  SIAGA_ENGINE: z.string().optional().meta({ description: 'socket of the embedded log' }),
});
export type TalkConfig = z.infer<typeof TalkConfig>;
