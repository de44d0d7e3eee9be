import { hostname } from 'node:os';
import { Fault, ServiceReported, systemServices, type StorageReport } from '@siaga/contracts';
import { z } from 'zod';
import { withLog } from './city-log.ts';
import { cityUrl, peopleUrls } from './running-city.ts';
import type { Command, CommandInput } from './command.ts';

/** `siaga city status`: where the city answers, whether it is ready, and how each of its processes is. */
export const status: Command = {
  summary: 'alamat kota, siap atau belum, dan keadaan tiap proses · where the city answers, and how each process is',
  async run(input) {
    const running = await input.data.running();
    const apps = running?.apps.gateway === undefined ? { gateway: await cityUrl(input) } : running.apps;
    const url = running?.url ?? (await peopleUrls(input))[0] ?? '';
    const isOnKafka = process.env['KAFKA_BROKERS'] !== undefined;
    // first: what reads the log is slow to load, and an answer that comes meanwhile would look like none
    const { reports, storage } = running !== undefined || isOnKafka ? await toldInLog(input) : nothingTold;
    const health = await Promise.all(Object.entries(apps).map(async ([app, at]) => [app, await askReady(at)] as const));
    if (health.every(([, { answers }]) => !answers))
      throw new Fault('unavailable', `${apps.gateway} tidak menjawab · does not answer`);
    const here = health.map(([app, said]) => ({
      ...processOf(app, said, reports),
      ...(app === 'gateway' && storage !== undefined ? { storage } : {}),
    }));
    // on the embedded log there are no others: what else is told there is of another day or machine
    const others = isOnKafka ? reports.filter(({ service, instanceId }) => !here.some(same(service, instanceId))) : [];
    const services = [...here, ...others.map(reported)];
    const notReady = services.filter((service) => !service.ready).map(({ service }) => service);
    const ready = notReady.length === 0;
    return {
      answer: { ...running, url, ready, services },
      text: [`${url}  ${stateWords({ ready, checks: [] })}`, ...services.map((one) => lineOf(one, input))].join('\n'),
      trouble: ready ? undefined : `kota belum siap · the city is not ready: ${notReady.join(', ')}`,
    };
  },
};

/** As patient as the supervisor. */
const ANSWER_WITHIN_MS = 4000;

const Readiness = z.object({
  ok: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string().optional() })),
});

/** What a process says of itself at this moment. */
interface Said extends Pick<ServiceReported, 'ready' | 'checks'> {
  answers: boolean;
}

async function askReady(url: string): Promise<Said> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const { ok, checks } = Readiness.parse(await response.json());
    return { answers: true, ready: ok, checks: Object.entries(checks).map(([name, check]) => ({ name, ...check })) };
  } catch {
    return { answers: false, ready: false, checks: [{ name: 'tidak menjawab · does not answer', ok: false }] };
  }
}

/** A report, and for how long nothing newer came: until now, or until the newest report when this clock is behind. */
type Report = ServiceReported & { silentForMs: number };

/** A process of the city: whether it is ready, by the newest that is known, and the figures of its last report. */
type Process = Pick<Report, 'service' | 'instanceId' | 'ready' | 'checks'> & Partial<Report>;

const freshForMs = ServiceReported.freshForMs ?? 0;

/** What processes told last, and how the embedded log's disk and backups are now. */
interface Told {
  reports: Report[];
  storage: StorageReport | undefined;
}

const nothingTold: Told = { reports: [], storage: undefined };

async function toldInLog(input: CommandInput): Promise<Told> {
  const reports = new Map<string, { report: ServiceReported; timeMs: number }>();
  const storage = await withLog(input, async (log) => {
    const { decodeEvent, readThrough, topicOf } = await import('@siaga/bus');
    await readThrough(log, topicOf(input.city, systemServices), (record) => {
      reports.delete(record.key);
      const event = decodeEvent(record, ServiceReported);
      if (!(event instanceof Error) && event.data !== null)
        reports.set(record.key, { report: event.data, timeMs: record.timeMs });
    });
    return log.storage?.();
  });
  const nowMs = Math.max(Date.now(), ...[...reports.values()].map(({ timeMs }) => timeMs));
  const items = [...reports.values()].map(({ report, timeMs }) => ({ ...report, silentForMs: nowMs - timeMs }));
  return { reports: items, storage };
}

const same = (service: string, instanceId: string) => (other: Pick<Report, 'service' | 'instanceId'>) =>
  other.service === service && other.instanceId === instanceId;

/** What it says now counts; a report of seconds ago, for example of before it was ready, gives only its figures. */
function processOf(service: string, { ready, checks }: Said, reports: readonly Report[]): Process {
  const instanceId = hostname();
  return { ...reports.find(same(service, instanceId)), service, instanceId, ready, checks };
}

/** Of a process on another machine its report is all there is. */
function reported(report: Report): Process {
  if (report.silentForMs <= freshForMs) return report;
  const detail = `${String(Math.round(report.silentForMs / 1000))} s`;
  return { ...report, ready: false, checks: [{ name: 'diam · silent', ok: false, detail }] };
}

function stateWords({ ready, checks }: Pick<Said, 'ready' | 'checks'>): string {
  if (ready) return 'siap · ready';
  const wrong = checks.filter(({ ok }) => !ok).map(({ name, detail = '' }) => `${name} ${detail}`.trim());
  return `belum siap · not ready${wrong.length === 0 ? '' : ` (${wrong.join('; ')})`}`;
}

function lineOf({ service, instanceId, ...report }: Process, { timeOf }: CommandInput): string {
  const { handlers, live, deadLetters, storage } = report;
  const backup = storage?.lastBackup;
  const facts = [
    stateWords(report),
    handlers === undefined ? undefined : `tertinggal · behind ${String(handlers.lagEvents)}`,
    live === undefined ? undefined : `layar · screens ${String(live.screens)}`,
    live?.eventToScreenP99Ms === undefined ? undefined : `p99 ${String(live.eventToScreenP99Ms)} ms`,
    deadLetters === undefined ? undefined : `gagal diolah · dead letters ${String(deadLetters)}`,
    storage === undefined ? undefined : `disk ${String(Math.round(storage.freeBytes / 1e9))} GB`,
    storage === undefined
      ? undefined
      : `cadangan · backup ${backup === undefined ? 'belum pernah · never' : timeOf(backup.atMs)}`,
  ];
  return `  ${service}@${instanceId}  ${facts.filter((fact) => fact !== undefined).join('  ')}`;
}
