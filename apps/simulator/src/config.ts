import { parseArgs } from 'node:util';
import { SimulatedScene } from '@siaga/contracts';
import { z } from 'zod';

/** The environment and command line of the simulator; a flag wins over its variable. */
export const SimulatorConfig = z.object({
  GATEWAY_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://127.0.0.1:3000')
    .meta({ description: 'the city it speaks to, by its public doors' }),
  SIAGA_SIMULATOR_TOKEN: z.string().min(1).meta({
    description: 'access token that marks everything it registers as exercise; the supervisor passes one',
  }),
  SEED: z
    .string()
    .min(1)
    .default('siaga')
    .meta({ description: 'the same seed makes the same day and the same faults' }),
  SCENE: SimulatedScene.optional().meta({
    description: 'a scene of the simulated street lights or of 112 that is played once they are registered',
  }),
  SPEED: z.coerce.number().min(1).max(1000).default(1).meta({
    description:
      '1 follows the clock; more replays from the last 05:00 WIB that many times as fast up to now, then follows',
  }),
});
export type SimulatorConfig = z.infer<typeof SimulatorConfig>;

/** Reads flags (`--speed 60 --seed x --gateway http://… --scene feeder-loss`) and environment; throws one Error that names every problem. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): SimulatorConfig {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { speed: text, seed: text, gateway: text, scene: text } });
  const { speed, seed, gateway, scene } = values;
  const given = { ...env, ...present({ SPEED: speed, SEED: seed, GATEWAY_URL: gateway, SCENE: scene }) };
  const result = SimulatorConfig.safeParse(present(given));
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`configuration does not fit:\n${lines.join('\n')}`);
}

/** An empty variable counts as unset. */
function present(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  );
}
