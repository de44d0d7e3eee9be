import { ageMs } from '../link/age.ts';
import { useSpeech } from '../text/speech.tsx';
import { Figure } from './figure.tsx';
import { sumLive, told } from './services.ts';
import { useSystem } from './system-context.tsx';

/** How many screens there are, and how long an event takes from the log to them. */
export function LiveSection() {
  const { text, format } = useSpeech();
  const { services, atMs } = useSystem();
  const words = text.system;
  const live = sumLive(services);
  if (atMs === undefined || live === undefined) {
    return (
      <section aria-label={words.live}>
        <h3>{words.live}</h3>
        <p className="third">{words.notTold}</p>
      </section>
    );
  }
  const { screens, gateways, p50Ms, p99Ms, heardMs } = live;
  const age = format.duration(ageMs(heardMs, atMs));
  const by = told(services, 'live')?.by.name ?? '';
  const source = gateways > 1 ? words.saidByGateways(format.number(gateways), age) : words.saidBy(by, age);
  const measured = p50Ms !== undefined && p99Ms !== undefined;
  return (
    <section aria-label={words.live}>
      <h3>{words.live}</h3>
      <div className="figures">
        <Figure value={format.number(screens)} name={words.screens} />
        {measured && <Figure value={words.milliseconds(format.number(Math.round(p50Ms)))} name={words.usually} />}
        {measured && <Figure value={words.milliseconds(format.number(Math.round(p99Ms)))} name={words.slowest} />}
      </div>
      <p className="third">
        {measured ? words.lastMinute : words.quiet} · {source}
      </p>
    </section>
  );
}
