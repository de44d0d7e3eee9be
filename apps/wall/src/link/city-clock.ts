/** The city's time in whole seconds, one tick for every part of the screen so that all ages agree. */
export interface CityClock {
  subscribe: (listener: () => void) => () => void;
  /** Epoch ms of the current second. */
  get: () => number;
}

const second = 1000;

/** `nowMs`: the gateway's clock as the link knows it. Ticks just after each full second, only while somebody looks. */
export function createCityClock(nowMs: () => number): CityClock {
  const listeners = new Set<() => void>();
  let shown = wholeSecond(nowMs());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = () => {
    shown = wholeSecond(nowMs());
    for (const listener of listeners) listener();
    timer = setTimeout(tick, second - (nowMs() % second) + 5);
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (timer === undefined) tick();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
    get: () => shown,
  };
}

function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / second) * second;
}
