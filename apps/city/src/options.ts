import { parseArgs } from 'node:util';
import { SimulatedScene } from '@siaga/contracts';
import { ConfigError, isLoopback, loadConfig, ServiceConfig } from '@siaga/service/config';
import { z } from 'zod';

/** What the supervisor reads of the environment; the rest is handed to the apps as it is. */
export const CityConfig = ServiceConfig.omit({ SIAGA_LOCAL_OPERATOR: true, SIAGA_SEAT: true }).extend({
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .meta({ description: 'port of the wall and the API; 0 picks a free one' }),
  MQTT_PORT: z.coerce.number().int().min(0).max(65_535).default(1883).meta({
    description: 'port where controllers of street lights report by MQTT, on HOST; 0: there is none',
  }),
  SIAGA_DATA: z
    .string()
    .default('.siaga')
    .meta({ description: 'folder of log, documents and keys; kept between starts' }),
  SIAGA_BACKUP_DIR: z
    .string()
    .optional()
    .meta({ description: 'folder on another disk where `siaga backup` puts backups of the embedded city' }),
  SIAGA_MAP: z
    .string()
    .optional()
    .meta({ description: 'folder of street maps that `siaga map import` makes; unset: `map` in the data folder' }),
  SIAGA_DISK_RESERVE_MIB: z.coerce
    .number()
    .min(0)
    .max(1_000_000)
    .default(256)
    .meta({ description: 'the embedded engine takes nothing new while its disk has less left' }),
  SIAGA_SECRET: ServiceConfig.shape.SIAGA_SECRET.meta({
    description: 'secret that signs access tokens, at least 32 characters; unset: one is made in the data folder',
  }),
  TLS_CERT_FILE: z
    .string()
    .optional()
    .meta({ description: 'certificate for HTTPS in PEM, for example of `siaga certificate make`; with TLS_KEY_FILE' }),
  TLS_KEY_FILE: z.string().optional().meta({ description: 'its private key in PEM' }),
  GATEWAY_URL: z
    .url()
    .optional()
    .meta({ description: 'where `siaga` reaches the city; unset: the one that runs on the data folder' }),
  KAFKA_BROKERS: z.string().optional().meta({ description: 'host:port, comma separated; unset: the embedded log' }),
  MONGODB_URI: z.string().optional().meta({ description: 'mongodb://…; unset: the embedded documents' }),
  LOG_LEVEL: ServiceConfig.shape.LOG_LEVEL.unwrap()
    .default('warn')
    .meta({ description: 'least severe message the apps log' }),
});

/** How this start was asked for, from arguments and environment. */
export interface CityOptions extends z.output<typeof CityConfig> {
  simulator: boolean;
  lan: boolean;
  /** Simulated seconds per second. */
  speed: number;
  /** A scene of the simulator, played once its things are registered. */
  scene: SimulatedScene | undefined;
}

export const usage = `npm start -- [--no-simulator] [--lan] [--speed N] [--scene NAME]

  --no-simulator   kotanya saja, tanpa truk simulasi · the city alone, without simulated trucks
  --lan            terbuka di jaringan; semua harus masuk dulu · listen on the network; everybody signs in
  --speed N        detik simulasi per detik, 1–600 · simulated seconds per second (1 to 600), default 1
  --scene NAME     adegan simulasi · a scene of the simulator:
                   ${SimulatedScene.options.join(', ')}
`;

/** Arguments and environment, or a ConfigError whose message says what to write instead. */
export function readOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): CityOptions {
  const config = loadConfig(CityConfig, env);
  const { simulator, speed: text, scene: name, ...asked } = readArguments(args);
  // whoever listens on a network is on it, however it was asked for
  const lan = asked.lan || !isLoopback(config.HOST);
  const speed = Number(text);
  if (!(speed >= 1 && speed <= 600))
    throw new ConfigError(
      `--speed: bilangan 1 sampai 600, bukan ${text} · a number from 1 to 600, not ${text}\n\n${usage}`,
    );
  const scene = SimulatedScene.optional().safeParse(name);
  if (!scene.success)
    throw new ConfigError(`--scene: tidak ada adegan ${name ?? ''} · there is no scene ${name ?? ''}\n\n${usage}`);
  return {
    ...config,
    scene: scene.data,
    HOST: lan && config.HOST === '127.0.0.1' ? '0.0.0.0' : config.HOST,
    simulator,
    lan,
    speed,
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        simulator: { type: 'boolean', default: true },
        lan: { type: 'boolean', default: false },
        speed: { type: 'string', default: '1' },
        scene: { type: 'string' },
      },
    }).values;
  } catch (cause) {
    const given = args.join(' ');
    throw new ConfigError(`Tidak dimengerti: ${given} · not understood: ${given}\n\n${usage}`, { cause });
  }
}
