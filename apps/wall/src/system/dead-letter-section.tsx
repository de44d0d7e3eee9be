import { useSpeech } from '../text/speech.tsx';
import { DeadLetterRow } from './dead-letter-row.tsx';
import { told } from './services.ts';
import { useSystem } from './system-context.tsx';
import { useDeadLetters, type Press } from './use-dead-letters.ts';

/** Enough to see what is wrong; hundreds of the same kind are replayed together. */
const mostRows = 20;

/** Events that no handler could take, and one click to give them again once the cause is mended. */
export function DeadLetterSection() {
  const { text, format } = useSpeech();
  const { services, atMs } = useSystem();
  const words = text.system;
  const { list, failure, press, giveAgain, dismiss } = useDeadLetters(told(services, 'deadLetters')?.by.heardMs);
  const replayable = list?.items.filter(({ leftOut }) => !leftOut).length ?? 0;
  return (
    <section aria-labelledby="dead-letters-heading">
      <header className="section-head">
        <h3 id="dead-letters-heading">{words.deadLetters}</h3>
        <span data-tone={list !== undefined && list.total > 0 ? 'attention' : 'calm'}>
          {list === undefined ? '–' : format.number(list.total)}
        </span>
      </header>
      {failure !== undefined && <p data-tone="attention">{words.deadLettersFailed(failure)}</p>}
      {list?.total === 0 && <p className="third">{words.deadLettersNone}</p>}
      {press !== undefined && <Answer press={press} />}
      {list !== undefined && atMs !== undefined && list.items.length > 0 && (
        <ul className="dead-letters" aria-labelledby="dead-letters-heading">
          {list.items.slice(0, mostRows).map((letter) => (
            <li key={letter.deadLetterId}>
              <DeadLetterRow
                letter={letter}
                atMs={atMs}
                busy={press?.at === 'pending'}
                onReplay={() => {
                  giveAgain([letter]);
                }}
                onDismiss={() => {
                  dismiss(letter);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {list !== undefined && list.total > mostRows && (
        <p className="third">{words.deadLettersMore(format.number(list.total - mostRows))}</p>
      )}
      {list !== undefined && replayable > 1 && (
        <button
          type="button"
          disabled={press?.at === 'pending'}
          onClick={() => {
            giveAgain('all');
          }}
        >
          {words.replayAll(format.number(list.total))}
        </button>
      )}
    </section>
  );
}

function Answer({ press }: { press: Press }) {
  const { text, format } = useSpeech();
  const words = text.system;
  if (press.at === 'failed') return <p role="alert">{text.failed(press.reason)}</p>;
  if (press.at === 'pending') return <p role="status">{words.changing}</p>;
  const count = format.number(press.count);
  if (press.at === 'dismissed') return <p role="status">{words.dismissed(count)}</p>;
  return <p role="status">{press.count === 0 ? words.replayedNothing : words.replayed(count)}</p>;
}
