import { ListStreetImports, UndoStreetImport, type Client, type StreetImport } from '@siaga/contracts';
import { useCallback, useEffect, useEffectEvent } from 'react';
import { call, reasonOf } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useMay } from '../../session/session-context.tsx';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { useRegisters } from './registers-context.tsx';
import { registerOfRoutes } from './registers.ts';

/** What was imported last, and the way back. Only for those who may import. */
export function ImportsSection() {
  const { text } = useSpeechWith(dishubWords);
  const may = useMay();
  if (!may(ListStreetImports)) return null;
  return (
    <section className="opd-section" aria-labelledby="imports-heading" data-print="false">
      <h2 id="imports-heading">{text.dishub.importsTitle}</h2>
      <Imports />
    </section>
  );
}

function Imports() {
  const { text } = useSpeechWith(dishubWords);
  const { times } = useRegisters();
  const { answer, failure, again } = useAsked(
    useCallback((signal: AbortSignal) => call(ListStreetImports, { query: {} }, { signal }), []),
  );
  const askAgain = useEffectEvent(again);
  useEffect(() => {
    if (times > 0) askAgain();
  }, [times]);
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  if (answer === undefined) return <p className="third">{text.loading}</p>;
  if (answer.items.length === 0) return <p className="third">{text.dishub.importsNone}</p>;
  return (
    <ul className="opd-imports">
      {answer.items.map((one) => (
        <ImportLine key={one.importId} done={one} />
      ))}
    </ul>
  );
}

function ImportLine({ done }: { done: StreetImport }) {
  const { text, format } = useSpeechWith(dishubWords);
  const { changed } = useRegisters();
  const nowMs = useNow();
  const undoing = usePress((error) => text.failed(reasonOf(error)));
  const words = text.dishub;
  const register = registerOfRoutes(done.register);
  const { importId, fileName, atMs, created, changed: lines, undoneAtMs } = done;
  const undo = async (send: Client) => {
    await send(UndoStreetImport, { params: { importId } });
    changed();
  };
  return (
    <li>
      <p>
        <strong>{register === undefined ? done.register : words.registers[register.id].title}</strong> · {fileName}
      </p>
      <p className="third">
        {format.moment(atMs, nowMs)} · {text.importCreated(format.number(created))} ·{' '}
        {text.importChanged(format.number(lines))}
      </p>
      {undoneAtMs === undefined ? (
        <SureButton
          label={words.undoOf(fileName)}
          means={words.undoMeans}
          yes={words.undoYes}
          busy={undoing.busy}
          onSure={() => {
            undoing.run(undo);
          }}
        >
          {words.undo}
        </SureButton>
      ) : (
        <p className="opd-undone">{words.undone(format.moment(undoneAtMs, nowMs))}</p>
      )}
      {undoing.failure !== undefined && <p role="alert">{undoing.failure}</p>}
    </li>
  );
}
