import { ImportSteps } from '../../import/import-steps.tsx';
import { Panel } from '../../room/panel.tsx';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { useRegisters } from './registers-context.tsx';
import { registers } from './registers.ts';

/** Kind of focus under which a register is imported; its key says which. */
export const IMPORT_REGISTER = 'import-register';

/** A register from a spreadsheet. */
export function ImportRegisterPanel({ focusKey: id }: { focusKey: string }) {
  const { text } = useSpeechWith(dishubWords);
  const { changed } = useRegisters();
  const register = registers.find((one) => one.id === id);
  if (register === undefined) return null;
  const words = text.dishub.registers[register.id];
  return (
    <Panel title={words.importTitle}>
      <ImportSteps doors={register.doors} writeWords={words.write} onChanged={changed} />
    </Panel>
  );
}
