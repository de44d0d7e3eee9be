import { TakeLampOverride } from '@siaga/contracts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONTROL } from '../kinds.ts';
import { OverrideLine } from './override-line.tsx';
import { useOverrides } from './seen-overrides.ts';

/** What is switched by hand, with whose it is and how long still; what is over stays for an hour. */
export function OverridesView() {
  const words = useSpeech().text.control;
  const { show } = useFocus();
  const may = useMay();
  const overrides = useOverrides();
  return (
    <>
      {may(TakeLampOverride) && (
        <button
          type="button"
          className="strong"
          onClick={() => {
            show(CONTROL, 'new');
          }}
        >
          {words.new}
        </button>
      )}
      {overrides.length === 0 && <p>{words.none}</p>}
      <ul className="job-rows" aria-label={words.overrides}>
        {overrides.map((override) => (
          <li key={override.overrideId}>
            <button
              type="button"
              className="quiet"
              onClick={() => {
                show(CONTROL, `override/${override.overrideId}`);
              }}
            >
              {override.overrideId}
            </button>
            <OverrideLine override={override} />
          </li>
        ))}
      </ul>
    </>
  );
}
