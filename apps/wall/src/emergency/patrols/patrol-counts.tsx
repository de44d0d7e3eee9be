import { CountPatrols, dayAfter } from '@siaga/contracts';
import { Download } from 'lucide-react';
import { useCallback } from 'react';
import { call, download } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';

/** How often each place was visited this month, and the days of it as a spreadsheet. */
export function PatrolCounts({ day }: { day: string }) {
  const { text, format } = useSpeech();
  const words = text.patrol;
  const from = `${day.slice(0, 7)}-01`;
  const to = dayAfter(day, 1);
  const ask = useCallback((signal: AbortSignal) => call(CountPatrols, { query: { from, to } }, { signal }), [from, to]);
  const { answer, failure } = useAsked(ask);
  const saving = usePress();
  const why = failure ?? saving.failure;
  return (
    <section className="patrol-counts">
      <h3>{words.month}</h3>
      {why !== undefined && <p role="alert">{why}</p>}
      {answer !== undefined && answer.since === undefined && <p>{words.noneYet}</p>}
      {answer?.since !== undefined && (
        <>
          <p className="second">{words.since(answer.since > from ? answer.since : from)}</p>
          <dl className="facts">
            {answer.totals.map(({ placeId, name, planned, done, late, missed, byHand }) => (
              <div key={placeId}>
                <dt>{name}</dt>
                <dd>
                  {words.counted({
                    done: format.number(done + late),
                    planned: format.number(planned),
                    late: format.number(late),
                    missed: format.number(missed),
                    byHand: format.number(byHand),
                  })}
                </dd>
              </div>
            ))}
          </dl>
          <p className="third">{words.askedAt(format.timeWithSeconds(answer.askedAtMs))}</p>
        </>
      )}
      <button
        type="button"
        disabled={saving.busy}
        onClick={() => {
          const path = `${CountPatrols.path}?from=${from}&to=${to}` as const;
          saving.run(() => download({ path, accept: 'text/csv' }, `patroli-${from.slice(0, 7)}.csv`));
        }}
      >
        <Download aria-hidden="true" /> {words.csv}
      </button>
    </section>
  );
}
