import { BEDS_FRESH_MS, type HospitalChanged } from '@siaga/contracts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { PrivateText } from '../../session/reveal/private-text.tsx';
import { useSpeech } from '../../text/speech.tsx';

/** Whether ambulances may come, why not, and who said so how long ago; nothing where nobody ever said it. */
export function TrafficLine({
  hospital: { emsTraffic, emsSaid, emsReason },
}: {
  hospital: Pick<HospitalChanged, 'emsTraffic' | 'emsSaid' | 'emsReason'>;
}) {
  const { text, format } = useSpeech();
  const words = text.hospital;
  const nowMs = useNow();
  if (emsSaid === undefined) return null;
  const age = ageMs(emsSaid.atMs, nowMs);
  return (
    <p className="ems-traffic" data-traffic={emsTraffic}>
      <strong>{words.traffic[emsTraffic]}</strong>
      {emsReason !== undefined && `: ${emsReason}`}
      <span className="second">
        {` · ${words.saidAgo(format.duration(age))}`}
        {emsSaid.channel !== undefined && ` ${text.emergency.via} ${text.emergency.channels[emsSaid.channel]}`}
        {emsSaid.saidBy !== undefined && (
          <>
            {' · '}
            {words.said} <PrivateText>{emsSaid.saidBy}</PrivateText>
          </>
        )}
      </span>
      {age > BEDS_FRESH_MS && <strong data-tone="attention"> · {words.old}</strong>}
    </p>
  );
}
