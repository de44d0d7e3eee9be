import { RequestFootage } from '@siaga/contracts';
import { Choice } from '../../room/choice.tsx';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { FOOTAGE } from '../kinds.ts';
import { FootageForm } from './footage-form.tsx';
import { FootageList } from './footage-list.tsx';
import { FootageView } from './footage-view.tsx';

/** Who asked by letter for what cameras recorded, who decided, and what left. */
export default function FootagePanel({ focusKey }: { focusKey: string }) {
  const words = useSpeech().text.footage;
  const { show } = useFocus();
  const may = useMay();
  const [view = '', which] = focusKey.split('/');
  const tabs = may(RequestFootage) ? (['list', 'new'] as const) : (['list'] as const);
  return (
    <Panel title={words.title}>
      <div className="jobs">
        <Choice
          label={words.title}
          options={tabs}
          chosen={view === 'new' ? 'new' : 'list'}
          onChoose={(tab) => {
            show(FOOTAGE, tab);
          }}
        >
          {(tab) => words[tab]}
        </Choice>
        {view === 'list' && <FootageList />}
        {view === 'new' && <FootageForm cameraId={which} />}
        {view === 'request' && which !== undefined && <FootageView key={which} footageId={which} />}
      </div>
    </Panel>
  );
}
