import { cityUrl } from './running-city.ts';
import type { Command } from './command.ts';

/** `siaga city status`: where the city answers, and whether it is ready. */
export const status: Command = {
  summary: 'where the running city answers and whether it is ready',
  async run({ data, gatewayUrl }) {
    const url = await cityUrl({ data, gatewayUrl });
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) });
    const health: unknown = await response.json();
    const text = `${url}  ${response.ok ? 'siap · ready' : `belum siap · not ready ${JSON.stringify(health)}`}`;
    return { answer: { ...(await data.running()), url, ready: response.ok, health }, text };
  },
};
