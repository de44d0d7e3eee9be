import { serviceConfig, webhookNetworks } from '@siaga/service/config';
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
  WEBHOOK_NETWORKS: webhookNetworks,
  PUSH_NETWORKS: webhookNetworks.meta({
    description:
      'inner networks where a push service of the city’s own browsers stands; unset: only the public Internet by HTTPS',
  }),
  PUSH_CONTACT: z
    .union([z.email().transform((mail) => `mailto:${mail}`), z.url({ protocol: /^https$/ })])
    .optional()
    .meta({
      description:
        'whom push services may ask about our messages: an e-mail address, or an https address; some phones are rung only where it is set',
    }),
});
export type EmergencyConfig = z.infer<typeof EmergencyConfig>;
