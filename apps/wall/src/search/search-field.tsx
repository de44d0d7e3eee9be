import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useSpeech } from '../text/speech.tsx';

interface WallSearchProps {
  search: string;
  onSearch: (search: string) => void;
  /** Enter was pressed. */
  onEnter: () => void;
}

/** Finds a truck or a place. `/` comes here, Escape empties and leaves, arrow down goes into the list. */
export function WallSearch({ search, onSearch, onEnter }: WallSearchProps) {
  const { text } = useSpeech();
  const field = useRef<HTMLInputElement>(null);
  return (
    <label className="search">
      <Search aria-hidden="true" />
      <input
        ref={field}
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        value={search}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          onSearch(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            onSearch('');
            field.current?.blur();
          }
          if (event.key === 'Enter') onEnter();
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            document.querySelector<HTMLElement>('.truck-list button')?.focus();
          }
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}
