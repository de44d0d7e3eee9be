import type { Plan } from './outcomes.ts';
import type { Outcome } from './scene.ts';

/** `docs/reliability.md`: what was done to a city, what it kept, and what nobody should count on. */
export function reliabilityPage(outcomes: readonly Outcome[], plans: readonly Plan[]): string {
  const groups = [...Map.groupBy(outcomes, ({ on }) => on)].sort(([one], [other]) => one.localeCompare(other));
  const broken = outcomes.flatMap(({ on, scene, findings }) => findings.map((finding) => ({ on, scene, ...finding })));
  return `${[
    ...opening(outcomes, broken.length),
    ...groups.flatMap(([on, group]) => ['', `## On ${on}`, '', ...sceneTable(group), '', ...faultTable(group)]),
    '',
    '## Promises broken in this run',
    '',
    ...(broken.length === 0 ? ['None.'] : broken.slice(0, SHOWN).map(brokenLine)),
    ...(broken.length > SHOWN ? [`- and ${String(broken.length - SHOWN)} more of the same run`] : []),
    '',
    '## What was not run',
    '',
    ...notRun(outcomes, plans),
    '',
    ...closing,
  ].join('\n')}\n`;
}

/** So many findings tell what is wrong; one fault may cause thousands. */
const SHOWN = 30;

function opening(outcomes: readonly Outcome[], broken: number): string[] {
  const seeds = [...new Set(outcomes.map(({ seed }) => seed))].sort();
  const faults = sum(outcomes.flatMap((outcome) => Object.values(outcome.faults)));
  const asked = sum(outcomes.flatMap(({ endings }) => Object.values(endings)));
  const applied = sum(outcomes.map((outcome) => outcome.applied));
  const verdict = broken === 0 ? 'no promise was broken' : `${number(broken)} times a promise was broken, listed below`;
  return [
    '# Reliability',
    '',
    '> An event acknowledged anywhere is seen on every screen that may see it exactly once, through any crash; and while',
    '> that is not true, the screen says so.',
    '',
    'This page is written by `npm run faults`: real processes from the build, real sockets, nothing replaced. A city works',
    'while things happen to it; afterwards what its clients were told is compared with the log, the documents and what',
    'each screen applied.',
    '',
    `In this run: ${number(faults)} faults, ${number(asked)} operations, ${number(applied)} events applied by screens, and ${verdict}.`,
    `Seed ${seeds.join(', ')}: \`FAULTS_SEED=${seeds[0] ?? ''} npm run faults\` draws the same victims and operations again; the clock is its own.`,
  ];
}

function sceneTable(outcomes: readonly Outcome[]): string[] {
  const scenes = [...Map.groupBy(outcomes, ({ scene }) => scene)].sort(([one], [other]) => one.localeCompare(other));
  return [
    '| scene | faults | ok | refused | unknown | events | applied | slowest full function, s | slowest screen, ms | kept |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --- |',
    ...scenes.map(([scene, plays]) => {
      const ms = plays.flatMap(({ recoveries }) => recoveries.map((recovery) => recovery.ms));
      const cells = [
        number(sum(plays.flatMap(({ faults }) => Object.values(faults)))),
        ...(['ok', 'refused', 'unknown'] as const).map((ending) =>
          number(sum(plays.map(({ endings }) => endings[ending]))),
        ),
        number(sum(plays.map(({ events }) => events))),
        number(sum(plays.map(({ applied }) => applied))),
        seconds(Math.max(0, ...ms)),
        number(Math.max(...plays.map(({ settledMs }) => settledMs))),
        plays.every(({ findings }) => findings.length === 0) ? 'yes' : '**no**',
      ];
      return `| ${scene} | ${cells.join(' | ')} |`;
    }),
  ];
}

function faultTable(outcomes: readonly Outcome[]): string[] {
  const counts = new Map<string, number>();
  for (const { faults } of outcomes)
    for (const [kind, count] of Object.entries(faults)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  const recoveries = Map.groupBy(
    outcomes.flatMap((outcome) => outcome.recoveries),
    ({ kind }) => kind,
  );
  return [
    '| fault | times | full function after: median, s | slowest, s |',
    '| --- | --: | --: | --: |',
    ...[...counts]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([kind, count]) => {
        const ms = (recoveries.get(kind) ?? []).map((recovery) => recovery.ms).sort((one, other) => one - other);
        const [median, slowest] = [ms[Math.floor(ms.length / 2)], ms.at(-1)];
        return `| ${kind} | ${number(count)} | ${seconds(median)} | ${seconds(slowest)} |`;
      }),
  ];
}

/** Engines a city can run on; one that is missing was not tried in this run. */
const ENGINES = ['the embedded engine', 'the embedded log, documents elsewhere', 'Kafka'];

function notRun(outcomes: readonly Outcome[], plans: readonly Plan[]): string[] {
  const played = new Set(outcomes.map(({ on, scene }) => `${on} ${scene}`));
  const absent = ENGINES.filter((engine) => !outcomes.some(({ on }) => on.includes(engine)));
  const brief = [...new Set(plans.filter(({ isLong }) => !isLong).map(({ on }) => on))].sort();
  const long = new Set(plans.filter(({ isLong }) => isLong).map(({ on }) => on));
  const missing = [...Map.groupBy(plans, ({ on }) => on)]
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([on, group]) => {
      const scenes = new Set(group.flatMap((plan) => plan.scenes).filter((scene) => !played.has(`${on} ${scene}`)));
      return scenes.size === 0 ? [] : [`- On ${on}: ${[...scenes].join('; ')}.`];
    });
  const lines = [
    ...absent.map((engine) => `- Nothing on ${engine}.`),
    ...brief.map(
      (on) =>
        `- On ${on} ${long.has(on) ? 'some' : 'all'} faults were short and few, as with \`npm test\`; \`npm run faults\` has longer ones.`,
    ),
    ...missing,
  ];
  return lines.length === 0 ? ['Nothing was left out.'] : lines;
}

const brokenLine = ({ on, scene, broken, says }: { on: string; scene: string; broken: string; says: string }) =>
  `- **${broken}**, on ${on}, ${scene}: ${says}`;

const closing = [
  '## What the numbers mean',
  '',
  '- **ok**: acknowledged. It is in the log, in the documents and on every screen, exactly once and in the order of its key.',
  '- **refused**: told no. It is nowhere.',
  '- **unknown**: nobody answered, even after repeats, and the client gave up. It happened once or not at all.',
  '- **events**, **applied**: events of `every` streams in the log, and how often the four screens (two walls, two that',
  '  take frames as they come) applied them all together: four times as many, or something is broken.',
  '- **full function**: from the end of the fault until something newly asked for, of every kind, was acknowledged and was',
  '  on every screen. The promise is 15 s after any one process dies.',
  '- **slowest screen**: from when nobody asked any more (at most 150 ms after the last answer) until it equalled the',
  '  store; 0: it did already. The promise is 2 s. The walls are',
  '  also asked for their own account (“was anything missed?”), and a screen that shows what the store has not is broken, too.',
  '',
  '## What is not kept',
  '',
  '- Power loss here is kill -9 of every process at once. The disk keeps what it was given: a disk that lies about flushing',
  '  is not tried.',
  '- A screen is filled in completely when it was away for less than ten minutes. After that it gets the newest values and',
  '  is told that events are missing.',
  '- A screen remembers the last 20,000 event ids. A repeat that is older than those and than the ten minutes of the',
  '  gateway would be applied again. A page that is loaded anew is a new screen.',
  '- Values of `latest` streams overtake one another: a screen shows the last one, not each.',
  '- Counts of what doors took and refused are approximate by design: a second of them dies with its process.',
];

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const number = (value: number) => value.toLocaleString('en-GB');
const seconds = (ms: number | undefined) => (ms === undefined ? '–' : (ms / 1000).toFixed(1));
