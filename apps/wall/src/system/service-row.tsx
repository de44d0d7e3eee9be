import { ageMs } from '../link/age.ts';
import { useSpeech } from '../text/speech.tsx';
import type { ServiceSeen, ServiceState } from './services.ts';
import { ToneMark } from './tone-mark.tsx';

/** A process that began less than this ago has just been started or has died and come back: worth a word. */
const recentMs = 120_000;

const tones = { up: 'well', 'not-ready': 'attention', silent: 'down' } as const satisfies Record<ServiceState, string>;

/** One process: whether it runs, how old that is, what is wrong, and its figures as it said them. */
export function ServiceRow({ service, atMs }: { service: ServiceSeen; atMs: number }) {
  const { text, format } = useSpeech();
  const { name, state, report, heardMs } = service;
  const words = text.system;
  const failing = report.checks.filter(({ ok }) => !ok);
  return (
    <article className="service" data-state={state}>
      <ToneMark tone={tones[state]} />
      <h4>{name}</h4>
      <span className="service-state">
        {state === 'silent' ? words.silentSince(format.moment(heardMs, atMs)) : words.states[state]}
      </span>
      <span className="service-age">{format.duration(ageMs(heardMs, atMs))}</span>
      {state === 'silent' && <p className="service-why">{words.silentHow}</p>}
      {failing.map((check) => (
        <p className="service-why" key={check.name}>
          <strong>{checkName(check.name, words.checks)}</strong> {check.detail}
        </p>
      ))}
      <Figures service={service} atMs={atMs} />
    </article>
  );
}

/** In the reader's words; a check that the dictionary does not know keeps its own name. `live 3574`: the city is known. */
function checkName(name: string, words: Readonly<Record<string, string>>): string {
  const [kind = name] = name.split(' ');
  return words[kind] ?? name;
}

function Figures({ service: { report, heardMs }, atMs }: { service: ServiceSeen; atMs: number }) {
  const { text, format } = useSpeech();
  const words = text.system;
  const { handlers } = report;
  // Both by the process's own clock, so that a wrong one does not matter.
  const runningMs = ageMs(report.startedAtMs, report.atMs) + ageMs(heardMs, atMs);
  const figures: string[] = [];
  if (handlers !== undefined) {
    figures.push(words.waiting(format.number(handlers.lagEvents)));
    figures.push(
      handlers.lastEventAtMs === undefined
        ? words.lastEventNone
        : words.lastEvent(format.duration(ageMs(handlers.lastEventAtMs, atMs))),
    );
  }
  figures.push(words.memory(format.bytes(report.memoryBytes)));
  const running = (runningMs < recentMs ? words.justStarted : words.runningFor)(format.duration(runningMs));
  return (
    <p className="service-figures">
      {figures.join(' · ')} · <span data-recent={runningMs < recentMs}>{running}</span>
    </p>
  );
}
