import { ListCamerasNear, type AlarmChanged } from '@siaga/contracts';
import { WhoSaw } from '../../audit/who-saw.tsx';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { useMay } from '../../session/session-context.tsx';
import { CamerasNear } from '../../street/cameras/cameras-near.tsx';
import { PicturesOf } from '../../street/cameras/pictures-of.tsx';
import { WATCH } from '../../street/kinds.ts';
import { detailIn } from '../../text/fault-words.ts';
import { useSpeech } from '../../text/speech.tsx';
import { kindWords } from '../alarm-text.ts';
import { useDesk } from '../alarms-context.tsx';
import { ALARM } from '../kinds.ts';
import { SeverityMark } from '../severity-mark.tsx';
import { middleOf } from '../where.ts';
import { ActBar } from './act-bar.tsx';
import { ActForm } from './act-form.tsx';
import { AlarmFacts } from './alarm-facts.tsx';
import { Causes } from './causes.tsx';
import { SentLine } from './sent-line.tsx';
import { Timeline } from './timeline.tsx';
import { useAlarm } from './use-alarm.ts';

/** Everything about one alarm: what, since when, how it is known, what hangs below it, what happened, what one can do. */
export default function AlarmPanel({ focusKey: alarmId }: { focusKey: string }) {
  const { text } = useSpeech();
  const may = useMay();
  const { canShow } = useFocus();
  const { alarm, isExercise, timeline, failure } = useAlarm(alarmId);
  if (alarm === undefined)
    return (
      <Panel title={text.alarms.title}>
        <p>{failure === undefined ? text.loading : text.alarms.gone}</p>
      </Panel>
    );
  const around = alarm.place ?? middleOf(alarm);
  return (
    <Panel
      title={
        <>
          <SeverityMark severity={alarm.severity} />
          <span className="alarm-title">{alarm.name}</span>
          {isExercise && <em className="tag">{text.simulationTag}</em>}
        </>
      }
    >
      <Body alarm={alarm} />
      {alarm.status === 'active' && <Causes alarm={alarm} />}
      {around !== undefined && canShow(WATCH) && may(ListCamerasNear) && (
        <CamerasNear place={around} except={alarm.thing.kind === 'camera' ? alarm.thing.thingId : undefined} />
      )}
      {canShow(WATCH) && (
        <PicturesOf
          about={`alarm:${alarmId}`}
          cameraId={alarm.thing.kind === 'camera' ? alarm.thing.thingId : undefined}
          place={around}
          atMs={alarm.raisedAtMs}
        />
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {timeline !== undefined && <Timeline steps={timeline} />}
      <WhoSaw subject={`alarm:${alarmId}`} />
    </Panel>
  );
}

function Body({ alarm }: { alarm: AlarmChanged }) {
  const { language, text } = useSpeech();
  const { form } = useDesk();
  const { show } = useFocus();
  const { alarmId, absorbedInto } = alarm;
  return (
    <div className="alarm" data-severity={alarm.severity}>
      <p className="alarm-what">
        <strong>{text.alarms.severities[alarm.severity]}</strong> · {kindWords(alarm.kind, text)}
        {alarm.lifeRisk && <em data-tone="critical"> · {text.alarms.lifeRisk}</em>}
      </p>
      {alarm.detail !== undefined && <p className="second">{detailIn(alarm.detail, language)}</p>}
      <ActBar alarm={alarm} />
      <SentLine alarmId={alarmId} />
      {form?.alarmId === alarmId && <ActForm key={form.act} alarm={alarm} act={form.act} />}
      <AlarmFacts alarm={alarm} />
      {absorbedInto !== undefined && (
        <button
          type="button"
          onClick={() => {
            show(ALARM, absorbedInto);
          }}
        >
          {text.alarms.toCause}
        </button>
      )}
    </div>
  );
}
