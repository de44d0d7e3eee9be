import { Download, FileUp } from 'lucide-react';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { download } from '../../city/api.ts';
import { useFocus } from '../../room/focus.tsx';
import { SearchField, useList, type ListQuery } from '../../room/list.tsx';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { IMPORT_REGISTER } from './import-register-panel.tsx';
import { RegisterTable } from './register-table.tsx';
import { useRegisters } from './registers-context.tsx';
import { registers, type Register } from './registers.ts';

/** Lamps, panels, feeders, bills and stands of meters: one at a time, searched, imported and handed out as a spreadsheet. */
export function RegistersSection() {
  const { text } = useSpeechWith(dishubWords);
  const [shown, setShown] = useState<Register | undefined>(registers[0]);
  const words = text.dishub;
  return (
    <section className="opd-section" aria-labelledby="registers-heading" data-print="false">
      <h2 id="registers-heading">{words.registersTitle}</h2>
      <div className="opd-tabs" role="tablist" aria-label={words.registersTitle}>
        {registers.map((register) => (
          <button
            key={register.id}
            type="button"
            role="tab"
            id={`tab-${register.id}`}
            aria-selected={register === shown}
            aria-controls="register"
            onClick={() => {
              setShown(register);
            }}
          >
            {words.registers[register.id].title}
          </button>
        ))}
      </div>
      {shown !== undefined && (
        <div id="register" role="tabpanel" aria-labelledby={`tab-${shown.id}`}>
          <RegisterView key={shown.id} register={shown} />
        </div>
      )}
    </section>
  );
}

function RegisterView({ register }: { register: Register }) {
  const speech = useSpeechWith(dishubWords);
  const { text, format, language } = speech;
  const { show } = useFocus();
  const { times } = useRegisters();
  const may = useMay();
  const saving = usePress();
  const words = text.dishub.registers[register.id];
  const ask = useCallback(
    (query: ListQuery, signal: AbortSignal) => register.rows(query, { text, format, language }, signal),
    [register, text, format, language],
  );
  const list = useList(ask);
  const askAgain = useEffectEvent(list.again);
  useEffect(() => {
    if (times > 0) askAgain();
  }, [times]);
  return (
    <>
      <div className="opd-bar">
        <SearchField label={words.search} search={list.search} onSearch={list.onSearch} />
        <button
          type="button"
          disabled={saving.busy}
          onClick={() => {
            saving.run(() => download({ path: register.list.path, accept: 'text/csv' }, `${words.file}.csv`));
          }}
        >
          <Download aria-hidden="true" /> CSV
        </button>
        {may(register.import) && (
          <button
            type="button"
            className="strong"
            onClick={() => {
              show(IMPORT_REGISTER, register.id);
            }}
          >
            <FileUp aria-hidden="true" /> {words.importTitle}
          </button>
        )}
      </div>
      {saving.failure !== undefined && <p role="alert">{saving.failure}</p>}
      <RegisterTable list={list} register={register} />
    </>
  );
}
