import { thingOfKey, type PlannedThing } from '@siaga/contracts';
import { Who } from '../../alarms/who.tsx';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';

const verdicts = ['ready', 'silent', 'no-controller', 'one-way', 'panel-only', 'cannot-dim'] as const;

/** What a dry run said: how many lamps by what would become of them, and whose they are now. */
export function Tried({ things }: { things: readonly PlannedThing[] }) {
  const { text, format } = useSpeech();
  const words = text.control;
  const by = Map.groupBy(things, ({ verdict }) => verdict);
  const replaced = new Map(
    things.flatMap(({ replaces }) => (replaces === undefined ? [] : [[replaces.overrideId, replaces]])),
  );
  const isReached = by.has('ready') || by.has('silent');
  return (
    <section aria-label={words.tried} role="status">
      <p className="third">{words.tried}</p>
      {!isReached && <p data-tone="attention">{words.noneReached}</p>}
      <ul className="job-rows">
        {verdicts.flatMap((verdict) => {
          const some = by.get(verdict);
          if (some === undefined) return [];
          const lamps = some.reduce((sum, one) => sum + one.lamps, 0);
          return (
            <li key={verdict}>
              <strong>{`${words.lampCount(format.number(lamps))} · ${words.verdicts[verdict]}`}</strong>
              <p className="job-facts">
                {some
                  .map(({ thing }) => thingOfKey(thing).thingId)
                  .slice(0, 20)
                  .join(', ')}
              </p>
            </li>
          );
        })}
      </ul>
      {[...replaced.values()].map((one) => (
        <Replaced key={one.overrideId} replaced={one} />
      ))}
    </section>
  );
}

function Replaced({ replaced }: { replaced: NonNullable<PlannedThing['replaces']> }) {
  const { text, format } = useSpeech();
  const words = text.control;
  const nowMs = useNow();
  const { overrideId, by, levelPercent, untilMs } = replaced;
  return (
    <p data-tone="attention">
      {`${words.replaces(overrideId)} · ${words.levels(levelPercent, format.number(levelPercent))} · `}
      <Who actor={by} />
      {` · ${words.until(format.moment(untilMs, nowMs))}`}
    </p>
  );
}
