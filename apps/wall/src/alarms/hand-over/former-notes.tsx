import type { HandOver } from '@siaga/contracts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useWho } from '../use-who.ts';
import { useShiftWords } from './use-shift-words.ts';

/** What earlier shifts wrote, the latest first, each with what it said before it was changed. */
export function FormerNotes({ notes }: { notes: readonly HandOver[] }) {
  const { text } = useSpeech();
  if (notes.length === 0) return <p className="third">{text.alarms.handOverNone}</p>;
  return (
    <ul className="hand-overs">
      {notes.map((note) => (
        <li key={`${note.day}/${note.shift}`}>
          <Note note={note} />
        </li>
      ))}
    </ul>
  );
}

function Note({ note }: { note: HandOver }) {
  const { text, format } = useSpeech();
  const { alarms: words } = text;
  const shiftWords = useShiftWords();
  const nowMs = useNow();
  const who = useWho();
  const byWhom = ({ by, atMs }: { by: string; atMs: number }) => words.handOverBy(who(by), format.moment(atMs, nowMs));
  return (
    <article>
      <h3>{shiftWords(note)}</h3>
      <p className="third">{byWhom(note)}</p>
      <p className="hand-over-text">{note.text}</p>
      {note.former.length > 0 && (
        <details>
          <summary>{words.handOverFormer(format.number(note.former.length))}</summary>
          {note.former.toReversed().map((former) => (
            <div key={former.atMs}>
              <p className="third">{byWhom(former)}</p>
              <p className="hand-over-text">{former.text}</p>
            </div>
          ))}
        </details>
      )}
    </article>
  );
}
