import { useEffect, useState } from 'react';

/** Keeps the screen on while this is drawn; answers whether the phone agreed. Undefined: not known yet. */
export function useAwake(): boolean | undefined {
  const [isAwake, setAwake] = useState<boolean>();
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    let lock: WakeLockSentinel | undefined;
    let isGone = false;
    const ask = () => {
      // a phone lets go of it whenever the page is hidden
      if (document.visibilityState !== 'visible') return;
      if (wakeLock === undefined) {
        setAwake(false);
        return;
      }
      wakeLock.request('screen').then(
        (got) => {
          lock = got;
          if (isGone) void got.release();
          else setAwake(true);
        },
        () => {
          setAwake(false);
        },
      );
    };
    queueMicrotask(ask);
    document.addEventListener('visibilitychange', ask);
    return () => {
      isGone = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
  return isAwake;
}
