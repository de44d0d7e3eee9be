import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Air } from './air.ts';

/** The desk's own radio: it goes on while its panel is closed. */
interface Radio {
  air: Air | undefined;
  begin: (air: Air) => void;
}
const RadioContext = createContext<Radio | undefined>(undefined);

export function TalkProvider({ children }: { children: ReactNode }) {
  const [air, begin] = useState<Air>();
  useEffect(() => () => air?.close(), [air]);
  const radio = useMemo(() => ({ air, begin }), [air]);
  return <RadioContext value={radio}>{children}</RadioContext>;
}

export function useRadio(): Radio {
  const radio = use(RadioContext);
  if (radio === undefined) throw new Error('no radio: the talk domain is not on this page');
  return radio;
}
