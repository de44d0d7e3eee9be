import { ListFootage, RequestFootage } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { FOOTAGE } from '../kinds.ts';
import { useFootageChanges } from './changes.ts';
import { FootageRow } from './footage-list.tsx';

/** As many as one decides in one sitting; the others are in the list. */
const MOST = 10;

/** Requests for recordings that wait for a decision, and the way to all of them. */
export function FootageSection() {
  return useMay()(ListFootage) ? <Waiting /> : null;
}

function Waiting() {
  const words = useSpeech().text.footage;
  const { show } = useFocus();
  const may = useMay();
  const changes = useFootageChanges();
  const ask = useCallback(
    (signal: AbortSignal) =>
      call(ListFootage, { query: { status: 'requested', limit: MOST } }, { signal }).then(({ items }) => ({
        items,
        changes,
      })),
    [changes],
  );
  const { answer, failure } = useAsked(ask);
  return (
    <section className="opd-section" aria-labelledby="footage-heading" data-print="false">
      <h2 id="footage-heading">{words.title}</h2>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p className="third">{words.waitingNone}</p>}
      <ul className="job-rows" aria-label={words.statuses.requested}>
        {answer?.items.map((request) => (
          <li key={request.footageId}>
            <FootageRow request={request} />
          </li>
        ))}
      </ul>
      <div className="doings">
        <button
          type="button"
          onClick={() => {
            show(FOOTAGE, 'list');
          }}
        >
          {words.back}
        </button>
        {may(RequestFootage) && (
          <button
            type="button"
            onClick={() => {
              show(FOOTAGE, 'new');
            }}
          >
            {words.new}
          </button>
        )}
      </div>
    </section>
  );
}
