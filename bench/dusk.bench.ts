import {
  ControllerRegistered,
  controllerRoutes,
  createClient,
  LampRegistered,
  lampRoutes,
  LampStateChanged,
} from '@siaga/contracts';
import { createLive } from '@siaga/live';
import { startTestCity } from '@siaga/testing';
import type { Bench } from './figure.ts';

const LAMPS = 7000;
/** Reports in one message. */
const AT_ONCE = 100;
/** Messages begin this often: all lamps have spoken after ten seconds. */
const EVERY_MS = (10_000 * AT_ONCE) / LAMPS;
/** Whatever is missing after so long is lost. */
const PATIENCE_MS = 120_000;

export const about = `${LAMPS} lamps, each with a controller of its own, light up within ten seconds; counted on a screen.`;

const names = Array.from({ length: LAMPS }, (_, at) => String(at));

export const bench: Bench = async () => {
  const city = await startTestCity();
  const call = createClient({ baseUrl: city.url });
  const streams = [LampRegistered, ControllerRegistered, LampStateChanged].map(({ stream }) => stream.name);
  const live = createLive({ url: city.url, streams });
  const sheet = (lines: readonly string[]) => ({
    fileName: 'daftar.csv',
    contentBase64: Buffer.from(lines.join('\n')).toString('base64'),
  });
  const lamps = names.map((at) => `PJU-${at};90;${(-7.82 + (Number(at) % 100) * 0.001).toFixed(4)};113.2`);
  await call(lampRoutes.import, { query: {}, body: sheet(['ID Lampu;Daya;Latitude;Longitude', ...lamps]) });
  const controllers = names.map((at) => `LC-${at};lampu:PJU-${at}`);
  await call(controllerRoutes.import, { query: {}, body: sheet(['ID Perangkat;Untuk', ...controllers]) });
  await until(() => live.latest(ControllerRegistered).get().size === LAMPS);

  const lit = () => [...live.latest(LampStateChanged).get().values()].filter(({ data }) => data.light === 'lit').length;
  const begunMs = performance.now();
  const answers: Promise<Response>[] = [];
  for (let from = 0; from < LAMPS; from += AT_ONCE) {
    const said = names.slice(from, from + AT_ONCE).map((at) => ({ deviceId: `LC-${at}`, activePowerW: 88 }));
    answers.push(fetch(`${city.url}/ingest/street`, { method: 'POST', body: JSON.stringify(said) }));
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  const refused = (await Promise.all(answers)).filter((answer) => !answer.ok).length;
  const answeredS = (performance.now() - begunMs) / 1000;
  await until(() => lit() === LAMPS);
  const seenS = (performance.now() - begunMs) / 1000;
  const missing = LAMPS - lit();
  live.close();
  await city.stop();
  await city.remove();
  return [
    { name: 'messages of 100 lamps refused', value: refused, unit: '', goal: { atMost: 0 } },
    { name: `last of ${LAMPS} lamps answered after`, value: answeredS, unit: 's' },
    { name: `last of ${LAMPS} lamps lit on the screen after`, value: seenS, unit: 's' },
    { name: 'lamps missing on the screen', value: missing, unit: '', goal: { atMost: 0 } },
  ];
};

async function until(holds: () => boolean): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS;
  while (!holds() && performance.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 50));
}
