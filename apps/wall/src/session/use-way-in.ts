import { useEffect, useState } from 'react';
import { wayInOf, type WayIn } from './way-in.ts';

/** What the address asks for, and how to go elsewhere. A token is taken off the address, so that it is in no history. */
export function useWayIn(): [way: WayIn, go: (way: WayIn) => void] {
  const [way, setWay] = useState(() => wayInOf(location.hash));
  useEffect(() => {
    tidyAddress();
    const changed = () => {
      // what we take off ourselves says nothing
      if (location.hash === '') return;
      setWay(wayInOf(location.hash));
      tidyAddress();
    };
    window.addEventListener('hashchange', changed);
    return () => {
      window.removeEventListener('hashchange', changed);
    };
  }, []);
  return [way, setWay];
}

function tidyAddress(): void {
  if (wayInOf(location.hash).to === 'invitation') history.replaceState(null, '', location.pathname + location.search);
}
