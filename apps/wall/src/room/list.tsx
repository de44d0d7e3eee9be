import { Search } from 'lucide-react';
import { useCallback, useDeferredValue, useState, type ReactNode } from 'react';
import { useSpeech } from '../text/speech.tsx';
import { useAsked } from './asked.ts';

const STEP = 50;
/** No list answers more at once; who looks for something beyond it searches. */
const MOST = 1000;

/** What every list of Siaga is asked with: how many, and what to look for. */
export interface ListQuery {
  limit: number;
  q?: string;
}

/** A list of the server's that grows when asked for more, and is asked anew from its start. */
export interface List<Item> {
  /** Undefined before the first answer. */
  items: readonly Item[] | undefined;
  /** What is looked for now, trimmed; empty: everything. */
  q: string;
  search: string;
  onSearch: (search: string) => void;
  /** Why the last question failed, in words. */
  failure: string | undefined;
  again: () => void;
  /** Absent at the end. */
  more: (() => void) | undefined;
}

/** Asks for a list (memoise `ask`), and again when something else is looked for or more is wanted. */
export function useList<Item>(
  ask: (query: ListQuery, signal: AbortSignal) => Promise<{ items: readonly Item[]; next?: string | undefined }>,
): List<Item> {
  const [search, onSearch] = useState('');
  const [limit, setLimit] = useState(STEP);
  const q = useDeferredValue(search.trim());
  const { answer, failure, again } = useAsked(
    useCallback((signal: AbortSignal) => ask({ limit, ...(q === '' ? {} : { q }) }, signal), [ask, limit, q]),
  );
  const hasMore = answer?.next !== undefined && limit < MOST;
  const more = () => {
    setLimit(Math.min(limit + STEP, MOST));
  };
  return { items: answer?.items, q, search, onSearch, failure, again, more: hasMore ? more : undefined };
}

interface SearchFieldProps {
  label: string;
  search: string;
  onSearch: (search: string) => void;
}

/** Looks for something in a list. */
export function SearchField({ label, search, onSearch }: SearchFieldProps) {
  return (
    <label className="search">
      <Search aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={search}
        onChange={({ target }) => {
          onSearch(target.value);
        }}
      />
    </label>
  );
}

interface ListViewProps<Item> {
  list: List<Item>;
  label: string;
  className: string;
  /** In words, when there is nothing. */
  empty: string;
  /** One item, as an `li` with its key. */
  children: (item: Item) => ReactNode;
}

/** A list with what there is to say of it: that it is loading, empty, failed, and goes on. */
export function ListView<Item>({ list, label, className, empty, children }: ListViewProps<Item>) {
  const { text } = useSpeech();
  const { items, failure, more } = list;
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {items === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {items?.length === 0 && <p className="third">{empty}</p>}
      <ul className={className} aria-label={label}>
        {items?.map(children)}
      </ul>
      {more !== undefined && (
        <button type="button" onClick={more}>
          {text.moreItems}
        </button>
      )}
    </>
  );
}
