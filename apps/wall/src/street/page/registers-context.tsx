import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

interface RegistersState {
  /** Counts up when something was imported or taken back: whoever shows a list asks again. */
  times: number;
  changed: () => void;
}

const RegistersContext = createContext<RegistersState | null>(null);

/** Joins the lists of the page with what changes them: an import beside them, or one taken back below. */
export function RegistersProvider({ children }: { children: ReactNode }) {
  const [times, setTimes] = useState(0);
  const state = useMemo(
    () => ({
      times,
      changed: () => {
        setTimes((before) => before + 1);
      },
    }),
    [times],
  );
  return <RegistersContext value={state}>{children}</RegistersContext>;
}

export function useRegisters(): RegistersState {
  const state = useContext(RegistersContext);
  if (state === null) throw new Error('useRegisters outside RegistersProvider');
  return state;
}
