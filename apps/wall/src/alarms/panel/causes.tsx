import { ListAlarmCauses, type AlarmChanged } from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useSpeech } from '../../text/speech.tsx';
import { affectedWords, kindWords } from '../alarm-text.ts';
import { SeverityMark } from '../severity-mark.tsx';
import { countBelow, treeOf, type CauseNode } from './tree.ts';

/** As many as one answer holds. */
const mostAsked = 1000;
/** Of many alike so many are shown before somebody asks for the rest. */
const fewShown = 8;

/** Asks for the tree of an alarm; what it says of what hangs below it changes with the tree. */
const askOf =
  ({ alarmId }: { alarmId: string; said: string }) =>
  (signal: AbortSignal) =>
    call(ListAlarmCauses, { params: { alarmId }, query: { limit: mostAsked } }, { signal });

/**
 * What hangs below an alarm, as a tree one opens step by step. Open where the alarm says that something does; asked for
 * only while it is open, and again when what it says changes.
 */
export function Causes({ alarm }: { alarm: AlarmChanged }) {
  const { text } = useSpeech();
  const [opened, setOpen] = useState<boolean>();
  const isOpen = opened ?? Object.keys(alarm.affected).length > 0;
  return (
    <details
      className="alarm-part"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>
        <h3>{text.alarms.causes}</h3>
      </summary>
      {isOpen && <Tree alarm={alarm} />}
    </details>
  );
}

function Tree({ alarm }: { alarm: AlarmChanged }) {
  const { text } = useSpeech();
  const { alarmId, affected, kelurahanCodes, area, severity } = alarm;
  const said = JSON.stringify([affected, kelurahanCodes, area, severity]);
  const { answer, failure } = useAsked(useMemo(() => askOf({ alarmId, said }), [alarmId, said]));
  const tree = useMemo(() => treeOf(answer?.items ?? []), [answer]);
  const below = tree.flatMap((root) => root.below);
  const shown = tree.length > 1 ? tree : below;
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {answer !== undefined && shown.length === 0 && <p className="third">{text.alarms.causesNone}</p>}
      {shown.length > 0 && <Branch nodes={shown} />}
    </>
  );
}

function Branch({ nodes }: { nodes: readonly CauseNode[] }) {
  const { text, format } = useSpeech();
  const [most, setMost] = useState(fewShown);
  return (
    <ul className="causes">
      {nodes.slice(0, most).map((node) => (
        <li key={node.cause.conditionKey}>
          <Cause node={node} />
        </li>
      ))}
      {nodes.length > most && (
        <li>
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setMost(nodes.length);
            }}
          >
            {text.alarms.causesMore(format.number(nodes.length - most))}
          </button>
        </li>
      )}
    </ul>
  );
}

function Cause({ node }: { node: CauseNode }) {
  const speech = useSpeech();
  const { text } = speech;
  const { severity, name, kind, basis } = node.cause;
  const line = (
    <>
      <SeverityMark severity={severity} />
      <span className="cause-name">{name}</span>
      <span className="cause-about">
        {kindWords(kind, text)} · {text.alarms.bases[basis]}
      </span>
    </>
  );
  if (node.below.length === 0) return <p className="cause">{line}</p>;
  return (
    <details>
      <summary className="cause">
        {line}
        <span className="cause-below">{affectedWords(countBelow(node), speech)}</span>
      </summary>
      <Branch nodes={node.below} />
    </details>
  );
}
