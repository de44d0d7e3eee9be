import { Choice } from '../../room/choice.tsx';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONTROL } from '../kinds.ts';
import { NewOverride } from './new-override.tsx';
import { OverrideView } from './override-view.tsx';
import { OverridesView } from './overrides-view.tsx';
import { ProgrammesView } from './programmes-view.tsx';

const tabs = ['overrides', 'programmes'] as const;

/** What lamps are told: by hand, and by programme. */
export default function ControlPanel({ focusKey }: { focusKey: string }) {
  const words = useSpeech().text.control;
  const { show } = useFocus();
  const [view = '', which] = focusKey.split('/');
  return (
    <Panel title={words.title}>
      <div className="jobs">
        <Choice
          label={words.title}
          options={tabs}
          chosen={view === 'programmes' ? 'programmes' : 'overrides'}
          onChoose={(tab) => {
            show(CONTROL, tab);
          }}
        >
          {(tab) => words[tab]}
        </Choice>
        {view === 'overrides' && <OverridesView />}
        {view === 'override' && which !== undefined && <OverrideView key={which} overrideId={which} />}
        {view === 'new' && <NewOverride thing={which} />}
        {view === 'programmes' && <ProgrammesView />}
      </div>
    </Panel>
  );
}
