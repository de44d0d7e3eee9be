import { AlarmSeverity, type AlarmChanged } from '@siaga/contracts';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { choosable } from '../../map/choosable.ts';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { bringIntoView } from '../../map/view.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { affectedWords, kindWords } from '../alarm-text.ts';
import { useDesk } from '../alarms-context.tsx';
import { ALARM } from '../kinds.ts';
import { isUnanswered, type QueuedAlarm } from '../queue/queue.ts';
import { middleOf, whereIs } from '../where.ts';
import { areaLayers } from './area-layers.ts';
import { softOutline } from './area-shape.ts';
import { addSeverityMarks } from './severity-marks.ts';

const areas = 'alarm-areas';
const middles = 'alarm-middles';

/** From far only what is grave has a name on the map: more of them cover one another. */
const farName = ({ severity, name }: AlarmChanged): string =>
  severity === 'critical' || severity === 'high' ? name : '';

/** Where open alarms are: a soft outline around what hangs below each, its shape and its name in the middle. */
export function AlarmAreasLayer() {
  const { map, scale, markScale, far } = useMap();
  const { queue, listed } = useDesk();
  const { focus, show } = useFocus();
  const speech = useSpeech();
  const chosen = focus?.kind === ALARM ? focus.key : null;

  const drawn = useMemo(
    () =>
      queue.open.map(({ alarm }: QueuedAlarm) => ({
        alarm,
        properties: {
          alarmId: alarm.alarmId,
          severity: alarm.severity,
          chosen: alarm.alarmId === chosen,
          calm: !isUnanswered(alarm),
          rank: -AlarmSeverity.options.indexOf(alarm.severity),
          name: far ? farName(alarm) : `${alarm.name} · ${kindWords(alarm.kind, speech.text)}`,
          about: far
            ? ''
            : [whereIs(alarm), affectedWords(alarm.affected, speech)].filter((words) => words).join(' · '),
        },
      })),
    [queue, chosen, speech, far],
  );
  const open = useEffectEvent((alarmId: string) => {
    show(ALARM, alarmId);
  });

  useEffect(() => {
    addSeverityMarks(map, markScale);
    map.addSource(areas, { type: 'geojson', data: nothing });
    map.addSource(middles, { type: 'geojson', data: nothing });
    for (const layer of areaLayers(areas, middles, scale)) map.addLayer(layer);
    return choosable(map, { layers: ['alarm-marks'], idField: 'alarmId', choose: open });
  }, [map, scale, markScale]);

  useEffect(() => {
    fill(map, areas, {
      type: 'FeatureCollection',
      features: drawn.flatMap(({ alarm, properties }) => {
        const outline = softOutline(alarm);
        return outline === undefined
          ? []
          : [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [outline] } }];
      }),
    });
    fill(map, middles, {
      type: 'FeatureCollection',
      features: drawn.flatMap(({ alarm, properties }) => {
        const middle = middleOf(alarm);
        return middle === undefined
          ? []
          : [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [middle.lng, middle.lat] } }];
      }),
    });
  }, [map, drawn]);

  const bring = useEffectEvent((alarmId: string) => {
    const alarm = listed.find((one) => one.alarm.alarmId === alarmId)?.alarm;
    const middle = alarm && middleOf(alarm);
    if (middle !== undefined) bringIntoView(map, middle);
  });
  useEffect(() => {
    if (chosen !== null) bring(chosen);
  }, [chosen]);
  return null;
}
