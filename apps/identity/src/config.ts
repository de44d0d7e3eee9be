import { serviceConfig } from '@siaga/service/config';
import { z } from 'zod';

/** Environment of the identity service. */
export const IdentityConfig = serviceConfig({
  MONGODB_URI: z
    .string()
    .startsWith('mongodb')
    .meta({ description: 'document store, for example mongodb://127.0.0.1:27017' }),
  KAFKA_BROKERS: z.string().optional().meta({ description: 'host:port,host:port; unset: the embedded log' }),
  SIAGA_ENGINE: z.string().optional().meta({ description: 'socket of the embedded log' }),
}).refine(({ SIAGA_SECRET }) => SIAGA_SECRET !== undefined, {
  path: ['SIAGA_SECRET'],
  message: 'is needed: this service signs access tokens with it',
});
export type IdentityConfig = z.infer<typeof IdentityConfig>;
