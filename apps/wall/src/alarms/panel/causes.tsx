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

type Asked = Pick<AlarmChanged, 'alarmId' | 'version'>;

/** Asks for the tree of an alarm; another version is another question, because it may have another tree. */
const askOf =
  ({ alarmId }: Asked) =>
  (signal: AbortSignal) =>
    call(ListAlarmCauses, { params: { alarmId }, query: { limit: mostAsked } }, { signal });

/** What hangs below an alarm, as a tree one opens step by step; asked again when the alarm changes. */
export function Causes({ alarmId, version }: Asked) {
  const { text } = useSpeech();
  const { answer, failure } = useAsked(useMemo(() => askOf({ alarmId, version }), [alarmId, version]));
  const tree = useMemo(() => treeOf(answer?.items ?? []), [answer]);
  const below = tree.flatMap((root) => root.below);
  return (
    <section className="alarm-part">
      <h3>{text.alarms.causes}</h3>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {answer !== undefined && tree.length <= 1 && below.length === 0 && (
        <p className="third">{text.alarms.causesNone}</p>
      )}
      {(tree.length > 1 || below.length > 0) && <Branch nodes={tree.length > 1 ? tree : below} />}
    </section>
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
