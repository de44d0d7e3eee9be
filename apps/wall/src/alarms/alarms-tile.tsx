import { useNow } from '../link/use-live.ts';
import { Tile } from '../room/tile.tsx';
import { useSeries } from '../room/use-series.ts';
import { useSpeech } from '../text/speech.tsx';
import { useDesk } from './alarms-context.tsx';
import { isUnanswered } from './queue/queue.ts';

/** Open alarms as a number: how many nobody looks after, how many were put aside. */
export function AlarmsTile() {
  const { text, format } = useSpeech();
  const { open, shelved } = useDesk().queue;
  const unanswered = open.filter(({ alarm }) => isUnanswered(alarm)).length;
  const series = useSeries(open.length, useNow());
  return (
    <Tile
      title={text.alarms.title}
      value={format.number(open.length)}
      unit={text.alarms.open}
      exception={
        <>
          {unanswered > 0 ? (
            <span data-tone="attention">{text.alarms.countUnanswered(format.number(unanswered))}</span>
          ) : (
            <span>{open.length === 0 ? text.alarms.none : text.alarms.allAnswered}</span>
          )}
          {shelved.length > 0 && ` · ${text.alarms.standing(format.number(shelved.length))}`}
        </>
      }
      series={series}
      hue={unanswered > 0 ? 'attention' : 'information'}
    />
  );
}
