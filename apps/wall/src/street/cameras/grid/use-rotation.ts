import { useCallback, useEffect, useState } from 'react';
import type { Rotation } from './rotation.ts';

/** Which turn is shown, and how to go to another one. */
interface Turning {
  turn: number;
  step: (by: number) => void;
}

/** Turns every so often; never while it is paused or nobody sees the page. A step by hand gives the new ones their time. */
export function useRotation({ everyS, isPaused }: { everyS: Rotation; isPaused: boolean }): Turning {
  const [turn, setTurn] = useState(0);
  const step = useCallback((by: number) => {
    setTurn((before) => before + by);
  }, []);
  useEffect(() => {
    if (isPaused) return undefined;
    const ending = new AbortController();
    const next = () => {
      step(1);
    };
    const timer = setTimeout(() => {
      // hidden, it stays where it is until somebody looks again: the pictures stop, too
      if (document.hidden) document.addEventListener('visibilitychange', next, { once: true, signal: ending.signal });
      else next();
    }, everyS * 1000);
    return () => {
      ending.abort();
      clearTimeout(timer);
    };
  }, [turn, everyS, isPaused, step]);
  return { turn, step };
}
