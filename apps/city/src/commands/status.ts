import { decodeEvent, readThrough, topicOf } from '@siaga/bus';
import { Fault, ServiceReported, systemServices } from '@siaga/contracts';
import { withLog } from './city-log.ts';
import { cityUrl, peopleUrls } from './running-city.ts';
import type { Command, CommandInput } from './command.ts';

/** `siaga city status`: where the city answers, whether it is ready, and what each of its processes told last. */
export const status: Command = {
  summary: 'where the running city answers, whether it is ready, and how each process is',
  async run(input) {
    const response = await askReady(await cityUrl(input));
    const health: unknown = await response.json();
    const running = await input.data.running();
    const [url = ''] = running === undefined ? await peopleUrls(input) : [running.url];
    const mayAsk = running !== undefined || process.env['KAFKA_BROKERS'] !== undefined;
    const services = mayAsk ? await servicesOf(input) : [];
    const head = `${url}  ${response.ok ? 'siap · ready' : `belum siap · not ready ${JSON.stringify(health)}`}`;
    return {
      answer: { ...running, url, ready: response.ok, health, services },
      text: [head, ...services.map(lineOf)].join('\n'),
    };
  },
};

async function askReady(url: string): Promise<Response> {
  try {
    return await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) });
  } catch (cause) {
    throw new Fault('unavailable', `${url} tidak menjawab · does not answer`, { cause });
  }
}

/** A report, and for how long nothing newer came: until now, or until the newest report when this clock is behind. */
type Service = ServiceReported & { silentForMs: number };

const freshForMs = ServiceReported.freshForMs ?? 0;

async function servicesOf(input: CommandInput): Promise<Service[]> {
  const reports = new Map<string, { report: ServiceReported; timeMs: number }>();
  await withLog(input, (log) =>
    readThrough(log, topicOf(input.city, systemServices), (record) => {
      reports.delete(record.key);
      const event = decodeEvent(record, ServiceReported);
      if (!(event instanceof Error) && event.data !== null)
        reports.set(record.key, { report: event.data, timeMs: record.timeMs });
    }),
  );
  const nowMs = Math.max(Date.now(), ...[...reports.values()].map(({ timeMs }) => timeMs));
  return [...reports.values()].map(({ report, timeMs }) => ({ ...report, silentForMs: nowMs - timeMs }));
}

function lineOf({ service, instanceId, silentForMs, ready, checks, ...report }: Service): string {
  const wrong = checks.filter(({ ok }) => !ok).map(({ name, detail = '' }) => `${name} ${detail}`.trim());
  const state = ready ? 'siap · ready' : `belum siap · not ready (${wrong.join('; ')})`;
  const { handlers, live, deadLetters, storage } = report;
  const backup = storage?.lastBackup;
  const facts = [
    silentForMs > freshForMs ? `diam · silent ${String(Math.round(silentForMs / 1000))} s` : state,
    handlers === undefined ? undefined : `tertinggal · behind ${String(handlers.lagEvents)}`,
    live === undefined ? undefined : `layar · screens ${String(live.screens)}`,
    live?.eventToScreenP99Ms === undefined ? undefined : `p99 ${String(live.eventToScreenP99Ms)} ms`,
    deadLetters === undefined ? undefined : `gagal diolah · dead letters ${String(deadLetters)}`,
    storage === undefined ? undefined : `disk ${String(Math.round(storage.freeBytes / 1e9))} GB`,
    storage === undefined
      ? undefined
      : `cadangan · backup ${backup === undefined ? 'belum pernah · never' : new Date(backup.atMs).toISOString()}`,
  ];
  return `  ${service}@${instanceId}  ${facts.filter((fact) => fact !== undefined).join('  ')}`;
}
