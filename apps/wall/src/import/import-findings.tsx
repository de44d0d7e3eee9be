import type { ImportFinding, ImportReport } from '@siaga/contracts';
import { useSpeech } from '../text/speech.tsx';

/** What is wrong line by line, as a spreadsheet counts lines; errors before warnings. */
export function ImportFindings({ report: { errors, warnings } }: { report: ImportReport }) {
  const { text, format } = useSpeech();
  return (
    <>
      {errors.length > 0 && <p data-tone="attention">{text.importErrors(format.number(errors.length))}</p>}
      <Findings findings={errors} />
      {warnings.length > 0 && <p>{text.importWarnings(format.number(warnings.length))}</p>}
      <Findings findings={warnings} />
    </>
  );
}

function Findings({ findings }: { findings: readonly ImportFinding[] }) {
  const { text, format } = useSpeech();
  return (
    <ul className="findings">
      {findings.map(({ line, column, message }, index) => (
        // A report never changes; two findings may be word for word the same.
        <li key={index}>
          <strong>
            {text.importLine(format.number(line))}
            {column !== undefined && ` · ${column}`}
          </strong>
          {message}
        </li>
      ))}
    </ul>
  );
}
