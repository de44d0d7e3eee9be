import { AdoptDevice, ListHandOvers, OpenCall, ViewCamera } from '@siaga/contracts';
import { administers } from '../admin/kinds.ts';
import { readsAudit } from '../audit/kinds.ts';
import { useMay, useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';
import { Panel } from './panel.tsx';

/** Kind of focus under which the list of keys is shown. */
export const HELP = 'keys';

/** Every key of the wall. */
export function HelpPanel() {
  const { text } = useSpeech();
  const me = useMe();
  const may = useMay();
  const keys: (readonly [key: string, meaning: string])[] = [
    ['/', text.keySearch],
    ['↑ ↓', text.keyArrows],
    ['Esc', text.keyClose],
    ['h', text.keyHome],
    ...(may(AdoptDevice) ? ([['a', text.keyConnect]] as const) : []),
    ...(may(OpenCall)
      ? ([
          ['b', text.emergency.keyNew],
          ['u', text.emergency.keyUnits],
          ['p', text.bookings.title],
          ['r', text.hospital.board],
        ] as const)
      : []),
    ['s', text.keySystem],
    ...(me.kind === 'screen' ? [] : ([['m', text.session.meKey]] as const)),
    ...(administers(me) ? ([['k', text.keyAdmin]] as const) : []),
    ...(readsAudit(me) ? ([['c', text.keyAudit]] as const) : []),
    ['l', text.keyLanguage],
    ['j', text.alarms.keyList],
    ...(may(ListHandOvers) ? ([['o', text.alarms.handOverKey]] as const) : []),
    ...(may(ViewCamera) ? ([['v', text.street.camera.view.key]] as const) : []),
    ['?', text.keyHelp],
  ];
  return (
    <Panel title={text.keys}>
      <Keys keys={keys} />
      <h3>{text.alarms.keysTitle}</h3>
      <Keys keys={text.alarms.keys} />
    </Panel>
  );
}

function Keys({ keys }: { keys: readonly (readonly [key: string, meaning: string])[] }) {
  return (
    <dl className="keys">
      {keys.map(([key, meaning]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
