import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

/** Something the search found: one press goes there. */
export interface Found {
  /** Unlike any other of any domain. */
  id: string;
  /** What sort of thing, in words. */
  kind: string;
  name: string;
  about?: string | undefined;
  go: () => void;
}

/** What was found, the likeliest first, and how many more there are. */
export interface Findings {
  items: readonly Found[];
  more: number;
}

/** Looks for a text among the things of one domain; called at every keystroke. */
export type Find = (search: string) => Findings;

interface Finders {
  finders: ReadonlyMap<string, Find>;
  put: (domain: string, find: Find | undefined) => void;
}

const SearchContext = createContext<Finders | null>(null);
const nothing: Findings = { items: [], more: 0 };

/** Brings together what domains can find, and who asks for it. */
export function SearchProvider({ children }: { children: ReactNode }) {
  const [finders, setFinders] = useState<ReadonlyMap<string, Find>>(new Map());
  const put = useCallback((domain: string, find: Find | undefined) => {
    setFinders((before) => {
      const after = new Map(before);
      if (find === undefined) after.delete(domain);
      else after.set(domain, find);
      return after;
    });
  }, []);
  const value = useMemo(() => ({ finders, put }), [finders, put]);
  return <SearchContext value={value}>{children}</SearchContext>;
}

/** Has the search find the things of a domain, while this is drawn (memoise `find`). */
export function useFinder(domain: string, find: Find): void {
  const put = useContext(SearchContext)?.put;
  useEffect(() => {
    put?.(domain, find);
    return () => {
      put?.(domain, undefined);
    };
  }, [put, domain, find]);
}

/** What all domains find together; nothing for an empty search. */
export function useFindings(search: string): Findings {
  const finders = useContext(SearchContext)?.finders;
  return useMemo(() => {
    if (finders === undefined || search.trim() === '') return nothing;
    const found = [...finders.values()].map((find) => find(search));
    return { items: found.flatMap(({ items }) => items), more: found.reduce((sum, { more }) => sum + more, 0) };
  }, [finders, search]);
}
