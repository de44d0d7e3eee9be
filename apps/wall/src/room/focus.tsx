import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

/** What the side panel is about: a kind some domain registered, and which one of it. */
export interface Focus {
  kind: string;
  key: string;
}

interface Focusing {
  focus: Focus | null;
  show: (kind: string, key?: string) => void;
  close: () => void;
  /** Whether this screen has a panel for that kind: a way to one that it has not is not offered. */
  canShow: (kind: string) => boolean;
}

interface FocusProviderProps {
  first?: Focus | null;
  /** Kinds this screen has panels for; absent: all that are asked about. */
  kinds?: ReadonlySet<string>;
  children: ReactNode;
}

const FocusContext = createContext<Focusing | null>(null);

/** One thing at a time has the room's attention; `first` has it to begin with. */
export function FocusProvider({ first = null, kinds, children }: FocusProviderProps) {
  const [focus, setFocus] = useState<Focus | null>(first);
  const focusing = useMemo(
    () => ({
      focus,
      show: (kind: string, key = '') => {
        setFocus({ kind, key });
      },
      close: () => {
        setFocus(null);
      },
      canShow: (kind: string) => kinds?.has(kind) ?? true,
    }),
    [focus, kinds],
  );
  return <FocusContext value={focusing}>{children}</FocusContext>;
}

/** What has the room's attention, and how to change it. */
export function useFocus(): Focusing {
  const focusing = useContext(FocusContext);
  if (focusing === null) throw new Error('useFocus outside FocusProvider');
  return focusing;
}
