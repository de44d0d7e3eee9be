import { AnswerRoll, type RollCall } from '@siaga/contracts';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';

interface RollRowsProps {
  roll: RollCall;
  /** Absent: it takes no answers. */
  onTicked?: () => void;
}

/** How many answered, and who did not, agency by agency. */
export function RollRows({ roll: { rollCallId, rows, expected }, onTicked }: RollRowsProps) {
  const { text, format } = useSpeech();
  const words = text.handsets;
  const may = useMay();
  const { busy, failure, run } = usePress();
  const absent = rows.filter(({ answer }) => answer === undefined);
  const agencies = [...new Set(absent.map(({ agency }) => agency))];
  return (
    <>
      <p role="status">{words.answered(format.number(expected - absent.length), format.number(expected))}</p>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {agencies.map((agency) => (
        <section key={agency}>
          <h5>{words.absentOf(text.session.agencies[agency])}</h5>
          <ul className="talk-absent">
            {absent
              .filter((row) => row.agency === agency)
              .map(({ handsetId, office }) => (
                <li key={handsetId}>
                  <span>{`${handsetId} · ${office}`}</span>
                  {onTicked !== undefined && may(AnswerRoll) && (
                    <button
                      type="button"
                      aria-label={`${words.heard}: ${handsetId}`}
                      disabled={busy}
                      onClick={() => {
                        run(async (send) => {
                          await send(AnswerRoll, { params: { rollCallId }, body: { handsetId } });
                          onTicked();
                        });
                      }}
                    >
                      {words.heard}
                    </button>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}
