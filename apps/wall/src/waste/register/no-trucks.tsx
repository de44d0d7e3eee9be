import { AdoptDevice, ImportTrucks } from '@siaga/contracts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONNECT, IMPORT } from '../kinds.ts';

/** An empty register is not an empty list: it says how the first truck gets here. */
export function NoTrucks() {
  const { text } = useSpeech();
  const { show } = useFocus();
  const may = useMay();
  return (
    <div className="no-trucks">
      <h3>{text.noTrucks}</h3>
      {may(ImportTrucks) && (
        <>
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
        </>
      )}
      {may(AdoptDevice) && (
        <button
          type="button"
          onClick={() => {
            show(CONNECT);
          }}
        >
          {text.connect}
        </button>
      )}
    </div>
  );
}
