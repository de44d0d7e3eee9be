import type { EmergencyMonth, ResponseGroup } from '@siaga/contracts';
import { kelurahan } from '@siaga/geo';
import { emergencyReportWords } from '../../text/emergency-report-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { FiguresTable } from './figures-table.tsx';

const MINUTE_MS = 60_000;

/** From the first call to the scene, by what happened and by where; how many were under the target stands beside how many were measured. */
export function GroupsTables({ month: { byKind, byKelurahan, total, targetMs } }: { month: EmergencyMonth }) {
  const { text, format } = useSpeechWith(emergencyReportWords);
  const { emergencyReports: own, emergency: words } = text;
  const names = new Map(kelurahan().map(({ code, name }) => [code, name]));
  const lasted = (ms: number | undefined) => (ms === undefined ? own.unmeasured : format.duration(ms));
  const line = (key: string, name: string, { incidents, withinTarget, intervals: { response } }: ResponseGroup) => {
    const inTime = own.of(format.number(withinTarget), format.number(response.measured));
    const missing = format.number(response.notRecorded + response.contradicting);
    const figures = [format.number(incidents), inTime, lasted(response.p50Ms), lasted(response.p90Ms), missing];
    return { key, name, figures };
  };
  const inTime = own.inTime(format.number(targetMs / MINUTE_MS));
  const headings = [own.incidents, inTime, own.median, own.p90, own.notRecorded];
  const sum = line('', own.total, total);
  return (
    <>
      <FiguresTable
        caption={own.byKind}
        headings={[words.kind, ...headings]}
        lines={byKind.map((group) =>
          line(group.kind ?? '', group.kind === undefined ? words.noKind : words.kinds[group.kind], group),
        )}
        total={sum}
      />
      <FiguresTable
        caption={own.byKelurahan}
        headings={[text.street.kelurahan, ...headings]}
        lines={byKelurahan.map((group) =>
          line(group.kelurahanCode ?? '', names.get(group.kelurahanCode ?? '') ?? own.placeUnknown, group),
        )}
        total={sum}
      />
    </>
  );
}
