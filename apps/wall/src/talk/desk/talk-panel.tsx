import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { Begin } from '../begin.tsx';
import '../talk.css';
import { Codebooks } from '../codebooks/codebooks.tsx';
import { HANDSETS } from '../kinds.ts';
import { RollCalls } from '../roll-calls/roll-calls.tsx';
import { useRadio } from '../talk-context.tsx';
import { Console } from './console.tsx';

/** The desk's radio: it listens to many groups, and talks to one. */
export default function TalkPanel() {
  const { text } = useSpeech();
  const { air, begin } = useRadio();
  const { show } = useFocus();
  return (
    <Panel title={text.talk.console}>
      {air === undefined ? <Begin onBegun={begin} /> : <Console air={air} />}
      <RollCalls />
      <Codebooks />
      <button
        type="button"
        onClick={() => {
          show(HANDSETS);
        }}
      >
        {text.handsets.register}
      </button>
    </Panel>
  );
}
