import { useCallback, useState } from 'react';

/** A yes that only this browser knows: what nobody can look up anywhere. */
export function useRemembered(name: 'skip-tracker' | 'backup-said'): [said: boolean, say: (said: boolean) => void] {
  const key = `siaga.start.${name}`;
  const [said, setSaid] = useState(() => localStorage.getItem(key) === 'yes');
  const say = useCallback(
    (next: boolean) => {
      if (next) localStorage.setItem(key, 'yes');
      else localStorage.removeItem(key);
      setSaid(next);
    },
    [key],
  );
  return [said, say];
}
