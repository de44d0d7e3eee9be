import { collectDefaultMetrics, Registry } from 'prom-client';

/** The process's Prometheus registry, served at `/metrics`. Create metrics with `registers: [metrics]`. */
export const metrics = new Registry();

/** Adds process metrics (CPU, memory, event loop lag) once. */
export function collectProcessMetrics(app: string): void {
  metrics.setDefaultLabels({ app });
  if (metrics.getSingleMetric('process_cpu_user_seconds_total') === undefined)
    collectDefaultMetrics({ register: metrics });
}

/** Prometheus text without the lines of some cities: those with a label that is, or begins with, the code of one. */
export function withoutCities(text: string, cities: readonly string[]): string {
  if (cities.length === 0) return text;
  const named = new RegExp(`="(?:${cities.join('|')})(?:["./ ])`);
  return text
    .split('\n')
    .filter((line) => line.startsWith('#') || !named.test(line))
    .join('\n');
}
