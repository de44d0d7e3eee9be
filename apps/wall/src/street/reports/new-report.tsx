import { MakeStreetReport, ReportSource, StreetTrouble, type StreetReportChanged } from '@siaga/contracts';
import { useId, useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { ReportWhere, type About } from './report-where.tsx';

/** Who told: anybody but who reads the code on a pole, and writes for himself. */
const sources = ReportSource.exclude(['public']).options;

/** Takes down what somebody tells just now, of a lamp that was chosen before or of whatever he says. */
export function NewReport({ lampId }: { lampId: string | undefined }) {
  const { text, format } = useSpeech();
  const words = text.jobs;
  const [kept, setKept] = useState<StreetReportChanged>();
  if (kept === undefined) return <ReportForm lampId={lampId} onKept={setKept} />;
  return (
    <>
      <p role="status">{words.kept(kept.reportId, format.number(kept.times))}</p>
      <button
        type="button"
        className="strong"
        onClick={() => {
          setKept(undefined);
        }}
      >
        {words.next}
      </button>
    </>
  );
}

interface ReportFormProps {
  lampId: string | undefined;
  onKept: (report: StreetReportChanged) => void;
}

function ReportForm({ lampId, onKept }: ReportFormProps) {
  const words = useSpeech().text.jobs;
  const [source, setSource] = useState<(typeof sources)[number]>('112');
  const [trouble, setTrouble] = useState<StreetTrouble>();
  const [about, setAbout] = useState<About | undefined>(lampId === undefined ? undefined : { lampId });
  const [said, setSaid] = useState({ text: '', reporterName: '', reporterPhone: '' });
  const { busy, failure, run } = usePress();
  const keep = () => {
    if (trouble === undefined || about === undefined) return;
    run(async (send) => {
      const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value.trim() !== ''));
      const body = { source, trouble, ...about, ...given };
      onKept(await send(MakeStreetReport, { body }));
    });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <Choice label={words.source} options={sources} chosen={source} onChoose={setSource} wraps>
        {(one) => words.sources[one]}
      </Choice>
      <Choice label={words.trouble} options={StreetTrouble.options} chosen={trouble} onChoose={setTrouble} wraps>
        {(one) => words.troubles[one]}
      </Choice>
      <ReportWhere about={about} onAbout={setAbout} />
      <SaidFields said={said} onSaid={setSaid} />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || trouble === undefined || about === undefined}>
        {words.keep}
      </button>
    </form>
  );
}

interface Said {
  text: string;
  reporterName: string;
  reporterPhone: string;
}

function SaidFields({ said, onSaid }: { said: Said; onSaid: (said: Said) => void }) {
  const words = useSpeech().text.jobs;
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{words.said}</label>
        <textarea
          id={id}
          rows={3}
          maxLength={500}
          value={said.text}
          onChange={({ target }) => {
            onSaid({ ...said, text: target.value });
          }}
        />
      </div>
      <Field
        label={words.reporterName}
        maxLength={80}
        value={said.reporterName}
        onChange={({ target }) => {
          onSaid({ ...said, reporterName: target.value });
        }}
      />
      <Field
        label={words.reporterPhone}
        type="tel"
        maxLength={20}
        value={said.reporterPhone}
        onChange={({ target }) => {
          onSaid({ ...said, reporterPhone: target.value });
        }}
      />
    </>
  );
}
