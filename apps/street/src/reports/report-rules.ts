import type { AlarmKind, AlarmSeverity, ConditionChanged, StreetTrouble } from '@siaga/contracts';
import type { ReportDocument } from './report-document.ts';

/** Who names a place, not a lamp, means one so near: poles stand 30 to 50 m apart. */
export const JOINED_WITHIN_M = 40;

interface TroubleRule {
  /** A word of its own for the alarm desk: what people say never overwrites what a meter says. */
  kind: AlarmKind;
  words: string;
  severity: AlarmSeverity;
  /** People may die of it, once somebody we know has said so: a code on a pole is read by anybody. */
  lifeRisk?: true;
}

/** The one table of what people report, as the alarm desk is told. */
const troubles: Readonly<Record<StreetTrouble, TroubleRule>> = {
  dark: { kind: 'reportedDark', words: 'lampu padam', severity: 'medium' },
  flickering: { kind: 'reportedFlickering', words: 'lampu berkedip', severity: 'information' },
  'day-burning': { kind: 'reportedDayBurning', words: 'lampu menyala siang hari', severity: 'information' },
  'leaning-pole': { kind: 'reportedLeaningPole', words: 'tiang miring', severity: 'high' },
  cable: { kind: 'reportedCable', words: 'kabel putus atau menjuntai', severity: 'high', lifeRisk: true },
};

/** What people call it. */
export const troubleWords = (trouble: StreetTrouble): string => troubles[trouble].words;

/** What the alarm desk is told of a report by then; undefined where the register knows no lamp that it could be about. */
export function conditionOf(report: ReportDocument, atMs: number): ConditionChanged | undefined {
  const { lampId, lampName, place, kelurahanCode, trouble, sources, times, within, firstAtMs, status } = report;
  if (lampId === undefined || lampName === undefined) return undefined;
  const { kind, words, severity, lifeRisk } = troubles[trouble];
  const isSure = lifeRisk === true && sources.some((source) => source !== 'public');
  return {
    thing: { kind: 'lamp', thingId: lampId },
    ...{ name: lampName, kind, active: status === 'accepted' || status === 'scheduled' },
    ...(isSure ? { severity: 'critical' as const, lifeRisk: true } : { severity }),
    ...{ basis: 'reported', agency: 'dishub', within },
    ...(place && { place: { ...place, ...(kelurahanCode !== undefined && { kelurahanCode }) } }),
    ...{ sinceMs: firstAtMs, changedAtMs: atMs, detail: `${words}, dilaporkan ${times.toLocaleString('id-ID')} kali` },
  };
}
