import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONTROL } from '../kinds.ts';
import { OverridesView } from './overrides-view.tsx';

/** What Dishub switched by hand, and the way to its programmes. */
export function ControlSection() {
  const words = useSpeech().text.control;
  const { show } = useFocus();
  return (
    <section className="opd-section" aria-labelledby="control-heading" data-print="false">
      <h2 id="control-heading">{words.title}</h2>
      <OverridesView />
      <p>
        <button
          type="button"
          onClick={() => {
            show(CONTROL, 'programmes');
          }}
        >
          {words.programmes}
        </button>
      </p>
    </section>
  );
}
