import { runningCity } from './running-city.ts';
import type { Command } from './command.ts';

/** `siaga city status`: where the city answers, and whether it is ready. */
export const status: Command = {
  summary: 'where the running city answers and whether it is ready',
  async run({ data }) {
    const running = await runningCity(data);
    const response = await fetch(`${running.url}/health/ready`, { signal: AbortSignal.timeout(5000) });
    const health: unknown = await response.json();
    const text = `${running.url}  ${response.ok ? 'siap · ready' : `belum siap · not ready ${JSON.stringify(health)}`}`;
    return { answer: { ...running, ready: response.ok, health }, text };
  },
};
