import { TakeLampOverride, type LampOverrideChanged } from '@siaga/contracts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONTROL } from '../kinds.ts';
import { OverrideLine } from './override-line.tsx';
import { useOverrides } from './seen-overrides.ts';
import { thingsNamed } from './things-named.ts';

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
              className="link"
              onClick={() => {
                show(CONTROL, `override/${override.overrideId}`);
              }}
            >
              <OverrideName override={override} />
            </button>
            <OverrideLine override={override} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** `PJU-0142, PJU-0143 dan 4 lagi`; its number where nothing is its any more. */
function OverrideName({ override: { overrideId, things } }: { override: LampOverrideChanged }) {
  const { text, format } = useSpeech();
  const { names, more } = thingsNamed(things);
  if (names.length === 0) return overrideId;
  return `${names.join(', ')}${more === 0 ? '' : ` ${text.control.andMore(format.number(more))}`}`;
}
