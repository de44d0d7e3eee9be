import { useEffect, useState } from 'react';
import { Waiting } from '../city/waiting.tsx';
import { LanguageButton } from '../text/language-button.tsx';
import { SpeechProvider, useSpeech } from '../text/speech.tsx';
import '../room/page.css';
import './field.css';
import { clockOf, keptCrew, type KeptCrew } from './kept-crew.ts';
import { KeptJob } from './kept-job.tsx';
import { Sent } from './sent.tsx';
import { usePresses } from './use-presses.ts';

/** `/field` opened where no city answers: the own job as it was, and what waits to be sent. */
export function KeptPage() {
  const [kept] = useState(() => keptCrew(localStorage));
  if (kept === undefined) return <Waiting trouble="unreachable" />;
  return (
    <SpeechProvider timezone={kept.timezone}>
      <Kept kept={kept} />
    </SpeechProvider>
  );
}

function Kept({ kept }: { kept: KeptCrew }) {
  const { text } = useSpeech();
  const presses = usePresses(kept.principalId, clockOf(kept));
  const title = kept.unitName ?? text.field.title;
  useEffect(() => {
    document.title = `${title} · Siaga`;
  }, [title]);
  return (
    <div className="page field-page">
      <header className="page-head">
        <p className="brand">
          <span className="brand-name">{text.appName}</span>
        </p>
        <div className="top-right">
          <LanguageButton />
        </div>
      </header>
      <div className="page-stage">
        <main className="page-main">
          <h1>{title}</h1>
          <KeptJob kept={kept} presses={presses} />
          <Sent presses={presses} />
        </main>
      </div>
    </div>
  );
}
