import { DeskAgency, ListCodebooks, PutCodebook, type Codebook } from '@siaga/contracts';
import { useCallback, useId, useState } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { useMay, useMe } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { codesIn, linesOf } from './code-lines.ts';

/** The codes of one's agencies, closed until they are looked for; nothing is decided by them. */
export function Codebooks() {
  const words = useSpeech().text.talk;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
      }}
    >
      <summary>{words.sandi}</summary>
      {isOpen && <Books />}
    </details>
  );
}

function Books() {
  const { text } = useSpeech();
  const may = useMay();
  const me = useMe();
  const ask = useCallback((signal: AbortSignal) => call(ListCodebooks, {}, { signal }), []);
  const { answer, failure, again } = useAsked(ask);
  const own = DeskAgency.options.filter((agency) => may(PutCodebook) && me.agencies.includes(agency));
  if (answer === undefined) return failure === undefined ? null : <p role="alert">{failure}</p>;
  return (
    <>
      {answer.items.length === 0 && <p className="third">{text.talk.noSandi}</p>}
      {answer.items.map((book) => (
        <section key={book.agency}>
          <h4>{text.talk.sandiOf(text.session.agencies[book.agency])}</h4>
          <dl className="talk-codes">
            {book.codes.map(({ code, meaning }, at) => (
              <div key={`${String(at)} ${code}`}>
                <dt>{code}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {own.map((agency) => (
        <Editor
          key={agency}
          agency={agency}
          book={answer.items.find((book) => book.agency === agency)}
          onKept={again}
        />
      ))}
    </>
  );
}

interface EditorProps {
  agency: Codebook['agency'];
  book: Codebook | undefined;
  onKept: () => void;
}

/** All codes of an agency in one field. */
function Editor({ agency, book, onKept }: EditorProps) {
  const { text } = useSpeech();
  const words = text.talk;
  const id = useId();
  const [written, setWritten] = useState(linesOf(book?.codes ?? []));
  const [unread, setUnread] = useState<string>();
  const { busy, failure, run } = usePress();
  return (
    <form
      className="field"
      onSubmit={(event) => {
        event.preventDefault();
        const codes = codesIn(written);
        if ('unread' in codes) {
          setUnread(codes.unread);
          return;
        }
        setUnread(undefined);
        run(async (send) => {
          await send(PutCodebook, { params: { agency }, body: { codes: [...codes] } });
          onKept();
        });
      }}
    >
      <label htmlFor={id}>{words.sandiOf(text.session.agencies[agency])}</label>
      <textarea
        id={id}
        rows={6}
        aria-describedby={`${id}-hint`}
        value={written}
        onChange={({ target }) => {
          setWritten(target.value);
        }}
      />
      <p className="field-hint" id={`${id}-hint`}>
        {words.writeSandi}
      </p>
      {unread !== undefined && <p role="alert">{words.unreadSandi(unread)}</p>}
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" disabled={busy}>
        {words.keepSandi}
      </button>
    </form>
  );
}
