import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Air } from '../air.ts';
import { Begin } from '../begin.tsx';
import { Codebooks } from '../codebooks/codebooks.tsx';
import '../talk.css';
import { BRIDGE_PATH, HANDSETS } from '../kinds.ts';
import { RollCalls } from '../roll-calls/roll-calls.tsx';
import { useRadio } from '../talk-context.tsx';
import { Console } from './console.tsx';
import { OfficersInDanger } from './officers-in-danger.tsx';

/** The desk's radio: it listens to many groups, and talks to one. */
export default function TalkPanel() {
  const { text } = useSpeech();
  const { air, begin } = useRadio();
  const { show } = useFocus();
  const opening = usePress(() => text.talk.unsupported);
  return (
    <Panel title={text.talk.console}>
      <OfficersInDanger />
      {air === undefined ? (
        <Begin
          opening={opening}
          onBegin={() => {
            opening.run(async () => {
              const opened = await Air.open();
              opened.touch();
              begin(opened);
            });
          }}
        />
      ) : (
        <Console air={air} />
      )}
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
      <a className="button" href={BRIDGE_PATH}>
        {text.bridge.title}
      </a>
    </Panel>
  );
}
