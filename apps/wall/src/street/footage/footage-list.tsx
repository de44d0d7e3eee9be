import { ListFootage, type FootageRequest } from '@siaga/contracts';
import { useNow } from '../../link/use-live.ts';
import { ListView, SearchField, useList, type ListQuery } from '../../room/list.tsx';
import { call } from '../../city/api.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { FOOTAGE } from '../kinds.ts';
import '../work-orders/jobs.css';
import { useCameraNames } from './camera-names.ts';
import { toneOf } from './status-tone.ts';

const ask = (query: ListQuery, signal: AbortSignal) => call(ListFootage, { query }, { signal });

/** Requests, newest first. */
export function FootageList() {
  const words = useSpeech().text.footage;
  const list = useList<FootageRequest>(ask);
  return (
    <>
      <SearchField label={words.search} search={list.search} onSearch={list.onSearch} />
      <ListView list={list} label={words.list} className="job-rows" empty={words.none}>
        {(request) => (
          <li key={request.footageId}>
            <FootageRow request={request} />
          </li>
        )}
      </ListView>
    </>
  );
}

/** One request in a list; a press opens it. */
export function FootageRow({ request }: { request: FootageRequest }) {
  const { text, format } = useSpeech();
  const words = text.footage;
  const { show } = useFocus();
  const nowMs = useNow();
  const names = useCameraNames(request.cameraIds);
  const { footageId, status, institution, letterNumber, fromMs } = request;
  return (
    <>
      <p className="job-head">
        <button
          type="button"
          className="link"
          onClick={() => {
            show(FOOTAGE, `request/${footageId}`);
          }}
        >
          {footageId}
        </button>
        <em className="tag" data-tone={toneOf[status]}>
          {words.statuses[status]}
        </em>
      </p>
      <p>{[institution, letterNumber].join(' · ')}</p>
      <p className="job-facts">{[names.join(', '), format.moment(fromMs, nowMs)].join(' · ')}</p>
    </>
  );
}
