import { existsSync } from 'node:fs';
import path from 'node:path';
import { serviceConfig, ServiceConfig } from '@siaga/service/config';
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
  SIAGA_WALL: z
    .string()
    .default(path.resolve(import.meta.dirname, '../../wall/dist'))
    .meta({ description: 'folder of the built wall' }),
  SIAGA_SIMULATOR: z.stringbool().default(false).meta({ description: 'a simulator runs beside the city' }),
  SIAGA_DEVICE_ADDRESSES: list.meta({ description: 'addresses a phone can reach, comma separated, for the QR' }),
  ALLOWED_ORIGINS: list.meta({ description: 'origins of other pages that may open the live stream, comma separated' }),
  MAP_STYLE_URL: z.url().optional().meta({ description: 'MapLibre style of a real street map' }),
  MAP_PMTILES: z
    .string()
    .refine(existsSync, 'no such file')
    .optional()
    .meta({ description: 'PMTiles file of real streets, served at /map.pmtiles' }),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
