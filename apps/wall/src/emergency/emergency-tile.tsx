import { useNow } from '../link/use-live.ts';
import { Tile } from '../room/tile.tsx';
import { useSeries } from '../room/use-series.ts';
import { useSpeech } from '../text/speech.tsx';
import { onIt } from './board.ts';
import { useBoard } from './emergency-context.tsx';

/** Open incidents, and how many nobody is on yet. */
export function EmergencyTile() {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { incidents, units } = useBoard();
  const series = useSeries(incidents.length, useNow());
  const alone = incidents.filter((incident) => onIt(incident).length === 0).length;
  const ready = units.filter(({ availability }) => availability === 'Available').length;
  return (
    <Tile
      title={words.incidents}
      value={format.number(incidents.length)}
      unit={words.openIncidents}
      exception={
        <>
          {alone > 0 ? (
            <span data-tone="attention">{words.withoutUnit(format.number(alone))}</span>
          ) : (
            <span>{incidents.length === 0 ? words.none : words.allOnTheWay}</span>
          )}
          {units.length > 0 && ` · ${words.ready(format.number(ready), format.number(units.length))}`}
        </>
      }
      series={series}
      hue={alone > 0 ? 'attention' : 'information'}
    />
  );
}
