import { ListAudit, type AuditedAction } from '@siaga/contracts';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { call, save } from '../city/api.ts';
import { useCity } from '../city/city-context.tsx';
import { useCityNow } from '../link/use-live.ts';
import { usePress } from '../room/press.ts';
import { cityDay } from '../text/format.ts';
import { auditWords } from '../text/audit-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { auditCsv } from './audit-csv.ts';
import type { Question } from './kinds.ts';

/** As much as the route answers at once. */
const STEP = 500;
/** As much as a browser holds without trouble; who needs more exports the chain. */
const MOST = 10_000;

/** Everything that answers the question as a file, also what is not on the screen yet. */
export function SaveButton({ question }: { question: Question }) {
  const { text, format } = useSpeechWith(auditWords);
  const words = text.audit;
  const { timezone } = useCity().city;
  const nowMs = useCityNow();
  const [saved, setSaved] = useState<string>();
  const { busy, failure, run } = usePress();
  const collect = async () => {
    setSaved(undefined);
    const { actions, isPart } = await everything(question);
    const file = new Blob([auditCsv({ actions, text, format, timezone })], { type: 'text/csv;charset=utf-8' });
    save(file, words.fileName(cityDay(nowMs(), timezone)));
    const count = format.number(actions.length);
    setSaved(isPart ? words.savedPart(count) : words.saved(count));
  };
  return (
    <>
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          run(collect);
        }}
      >
        <Download aria-hidden="true" /> {busy ? words.saving : words.save}
      </button>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <p role="status">{saved}</p>
    </>
  );
}

async function everything(question: Question): Promise<{ actions: AuditedAction[]; isPart: boolean }> {
  const actions: AuditedAction[] = [];
  let after: number | undefined;
  do {
    const query = { ...question, limit: STEP, ...(after === undefined ? {} : { after }) };
    const { items, next } = await call(ListAudit, { query });
    actions.push(...items);
    after = next === undefined ? undefined : Number(next);
  } while (after !== undefined && actions.length < MOST);
  return { actions, isPart: after !== undefined };
}
