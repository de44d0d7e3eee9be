import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONNECT, IMPORT } from '../kinds.ts';

/** An empty register is not an empty list: it says how the first truck gets here. */
export function NoTrucks() {
  const { text } = useSpeech();
  const { show } = useFocus();
  return (
    <div className="no-trucks">
      <h3>{text.noTrucks}</h3>
      <p>{text.noTrucksHow}</p>
      <button
        type="button"
        className="strong"
        onClick={() => {
          show(IMPORT);
        }}
      >
        {text.importTrucks}
      </button>
      <button
        type="button"
        onClick={() => {
          show(CONNECT);
        }}
      >
        {text.connect}
      </button>
    </div>
  );
}
