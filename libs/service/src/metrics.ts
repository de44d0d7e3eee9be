import { collectDefaultMetrics, Registry } from 'prom-client';

/** The process's Prometheus registry, served at `/metrics`. Create metrics with `registers: [metrics]`. */
export const metrics = new Registry();

/** Adds process metrics (CPU, memory, event loop lag) once. */
export function collectProcessMetrics(app: string): void {
  metrics.setDefaultLabels({ app });
  if (metrics.getSingleMetric('process_cpu_user_seconds_total') === undefined)
    collectDefaultMetrics({ register: metrics });
}
