import { TellAlert, type AlertOutcome, type UnitChanged } from '@siaga/contracts';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';

interface RingCrewProps {
  unit: UnitChanged;
  assignmentId: string;
}

/** The numbers of a crew that does not answer, and what came of ringing them: one press, in the timeline. */
export function RingCrew({ unit: { unitId, crew }, assignmentId }: RingCrewProps) {
  const { text } = useSpeech();
  const words = text.crewAlerts;
  const may = useMay();
  const press = usePress();
  const numbers = crew.flatMap(({ number }) => number ?? []);
  if (numbers.length === 0) return <p data-tone="attention">{words.noNumber}</p>;
  const tell = (outcome: Pick<AlertOutcome, 'outcome' | 'reason'>) => {
    press.run(async (send) => {
      await send(TellAlert, { params: { unitId }, body: { assignmentId, channel: 'telephone', ...outcome } });
    });
  };
  return (
    <div className="ring-crew">
      {numbers.map((number) => (
        <a key={number} className="button" href={`tel:${number}`}>
          {text.emergency.ring(number)}
        </a>
      ))}
      {may(TellAlert) && (
        <>
          <button
            type="button"
            disabled={press.busy}
            onClick={() => {
              tell({ outcome: 'delivered' });
            }}
          >
            {words.answered}
          </button>
          <button
            type="button"
            disabled={press.busy}
            onClick={() => {
              tell({ outcome: 'failed', reason: 'tidak diangkat · no answer' });
            }}
          >
            {words.notAnswered}
          </button>
        </>
      )}
      <Refused press={press} />
    </div>
  );
}
