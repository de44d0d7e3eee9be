import { useNow } from '../link/use-live.ts';
import { Tile } from '../room/tile.tsx';
import { useSeries } from '../room/use-series.ts';
import { useSpeech } from '../text/speech.tsx';
import { isOverdue, sentOf } from './alerts/crew-answer.ts';
import { onIt } from './board.ts';
import { useBoard } from './emergency-context.tsx';

/** Open incidents, how many nobody is on yet, and how many units have not said yes. */
export function EmergencyTile() {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { incidents, units, unit } = useBoard();
  const nowMs = useNow();
  const series = useSeries(incidents.length, nowMs);
  const alone = incidents.filter((incident) => onIt(incident).length === 0).length;
  const silent = incidents.flatMap(onIt).filter((one) => isOverdue(sentOf(one, unit(one.unitId)), nowMs)).length;
  const isAsking = alone > 0 || silent > 0;
  const ready = units.filter(({ availability }) => availability === 'Available').length;
  return (
    <Tile
      title={words.incidents}
      value={format.number(incidents.length)}
      unit={words.openIncidents}
      exception={
        <>
          {isAsking ? (
            <span data-tone="attention">
              {[
                alone > 0 && words.withoutUnit(format.number(alone)),
                silent > 0 && words.unanswered(format.number(silent)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          ) : (
            <span>{incidents.length === 0 ? words.none : words.allOnTheWay}</span>
          )}
          {units.length > 0 && ` · ${words.ready(format.number(ready), format.number(units.length))}`}
        </>
      }
      series={series}
      hue={isAsking ? 'attention' : 'information'}
    />
  );
}
