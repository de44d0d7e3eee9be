import type { HandOver } from '@siaga/contracts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Who } from '../who.tsx';
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
  const byWhom = ({ by, atMs }: { by: string; atMs: number }) => (
    <p className="third">
      <Who actor={by} /> · {format.moment(atMs, nowMs)}
    </p>
  );
  return (
    <article>
      <h3>{shiftWords(note)}</h3>
      {byWhom(note)}
      <p className="hand-over-text">{note.text}</p>
      {note.former.length > 0 && (
        <details>
          <summary>{words.handOverFormer(format.number(note.former.length))}</summary>
          {note.former.toReversed().map((former) => (
            <div key={former.atMs}>
              {byWhom(former)}
              <p className="hand-over-text">{former.text}</p>
            </div>
          ))}
        </details>
      )}
    </article>
  );
}
