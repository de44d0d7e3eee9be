import type { Findings } from './finders.tsx';
import { useSpeech } from '../text/speech.tsx';

/** What other domains found; one press opens it. */
export function FoundThings({ findings: { items, more } }: { findings: Findings }) {
  const { text, format } = useSpeech();
  if (items.length === 0) return null;
  return (
    <section className="place-results" aria-label={text.thingsFound}>
      <h3>{text.thingsFound}</h3>
      <ul>
        {items.map(({ id, kind, name, about, go }) => (
          <li key={id}>
            <button type="button" className="found-thing" onClick={go}>
              <span>{name}</span>
              <span className="third">{about === undefined ? kind : `${kind} · ${about}`}</span>
            </button>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="third">{text.more(format.number(more))}</p>}
    </section>
  );
}
