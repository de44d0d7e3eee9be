import type { Client, ImportReport, RouteContract } from '@siaga/contracts';
import { Download, FileUp, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { download, reasonOf } from '../city/api.ts';
import { useSend } from '../room/press.ts';
import { useSpeech } from '../text/speech.tsx';
import { ImportFindings } from './import-findings.tsx';
import { readForImport, type ImportFile } from './import-file.ts';

/** The doors of one register that an import goes through. */
export interface ImportDoors {
  template: { route: Pick<RouteContract, 'path'>; fileName: string };
  /** Only reports. */
  check: (file: ImportFile) => Promise<ImportReport>;
  write: (send: Client, file: ImportFile) => Promise<ImportReport>;
  undo: (send: Client, importId: string) => Promise<{ removed: number; restored: number }>;
}

interface ImportStepsProps {
  doors: ImportDoors;
  /** On the button that writes, for so many things. */
  writeWords: (count: string) => string;
  /** The register is another one than before. */
  onChanged?: () => void;
}

/** Where one import stands. Each step shows what the server said of the one before. */
type Step =
  | { at: 'choose'; failure?: string }
  | { at: 'checking' | 'writing'; file: ImportFile }
  | { at: 'checked'; file: ImportFile; report: ImportReport; failure?: string }
  | { at: 'done'; report: ImportReport; failure?: string }
  | { at: 'undone'; removed: number; restored: number };

/** Things from a spreadsheet: checked first, written on a second press, taken back with a third. */
export function ImportSteps({ doors, writeWords, onChanged }: ImportStepsProps) {
  const { text } = useSpeech();
  const send = useSend();
  const [step, setStep] = useState<Step>({ at: 'choose' });

  const check = async (chosen: File) => {
    const file = await readForImport(chosen);
    if (file === null) {
      setStep({ at: 'choose', failure: text.importTooLarge });
      return;
    }
    setStep({ at: 'checking', file });
    try {
      setStep({ at: 'checked', file, report: await doors.check(file) });
    } catch (error) {
      setStep({ at: 'choose', failure: text.failed(reasonOf(error)) });
    }
  };

  const write = async (file: ImportFile, before: ImportReport) => {
    setStep({ at: 'writing', file });
    try {
      const report = await doors.write(send, file);
      setStep(report.errors.length > 0 ? { at: 'checked', file, report } : { at: 'done', report });
      onChanged?.();
    } catch (error) {
      setStep({ at: 'checked', file, report: before, failure: text.failed(reasonOf(error)) });
    }
  };

  const undo = async (report: ImportReport, importId: string) => {
    try {
      setStep({ at: 'undone', ...(await doors.undo(send, importId)) });
      onChanged?.();
    } catch (error) {
      setStep({ at: 'done', report, failure: text.failed(reasonOf(error)) });
    }
  };

  const template = () =>
    download(doors.template.route, doors.template.fileName).catch((error: unknown) => {
      setStep({ at: 'choose', failure: text.failed(reasonOf(error)) });
    });

  return (
    <>
      <p>{text.importHint}</p>
      <button type="button" className="template" onClick={() => void template()}>
        <Download aria-hidden="true" /> {text.importTemplate}
      </button>
      <label className="file">
        <FileUp aria-hidden="true" />
        <span>{'file' in step ? step.file.fileName : text.importChoose}</span>
        <input
          type="file"
          aria-label={text.importChoose}
          accept=".xlsx,.csv"
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            target.value = '';
            if (chosen !== undefined) void check(chosen);
          }}
        />
      </label>
      <div role="status">
        {step.at === 'checking' && <p>{text.importChecking}</p>}
        {step.at === 'writing' && <p>{text.importWriting}</p>}
        {step.at === 'checked' && (
          <Checked
            report={step.report}
            writeWords={writeWords}
            onWrite={() => {
              void write(step.file, step.report);
            }}
          />
        )}
        {step.at === 'done' && (
          <Done
            report={step.report}
            onUndo={(importId) => {
              void undo(step.report, importId);
            }}
          />
        )}
        {step.at === 'undone' && <p>{text.importUndone(String(step.removed), String(step.restored))}</p>}
      </div>
      {'failure' in step && <p role="alert">{step.failure}</p>}
    </>
  );
}

interface CheckedProps {
  report: ImportReport;
  writeWords: (count: string) => string;
  onWrite: () => void;
}

function Checked({ report, writeWords, onWrite }: CheckedProps) {
  const { text, format } = useSpeech();
  const writes = report.created + report.changed;
  return (
    <>
      <p className="import-sums">
        <span>{text.importLines(format.number(report.lines))}</span>
        <span>{text.importCreated(format.number(report.created))}</span>
        <span>{text.importChanged(format.number(report.changed))}</span>
        <span>{text.importUnchanged(format.number(report.unchanged))}</span>
      </p>
      <ImportFindings report={report} />
      {report.errors.length === 0 && writes === 0 && <p>{text.importNothing}</p>}
      {report.errors.length === 0 && writes > 0 && (
        <button type="button" className="strong" onClick={onWrite}>
          {writeWords(format.number(writes))}
        </button>
      )}
    </>
  );
}

function Done({ report, onUndo }: { report: ImportReport; onUndo: (importId: string) => void }) {
  const { text, format } = useSpeech();
  const { importId } = report;
  return (
    <>
      <p>{text.importDone(format.number(report.created), format.number(report.changed))}</p>
      {importId !== undefined && (
        <button
          type="button"
          onClick={() => {
            onUndo(importId);
          }}
        >
          <Undo2 aria-hidden="true" /> {text.importUndo}
        </button>
      )}
    </>
  );
}
