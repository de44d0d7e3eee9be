import { BeginPairing, Fault } from '@siaga/contracts';
import { useEffect, useState } from 'react';
import { cityNamed } from '../city-named.ts';
import { session } from '../session.ts';
import { nextStep, shownCode, type ShownCode } from './pairing.ts';

const AGAIN_MS = 5000;

/** The code this screen shows now, renewed until it is paired; `failure`: why there is none. */
export function usePairing(): { code: ShownCode | undefined; failure: unknown } {
  const [code, setCode] = useState<ShownCode>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    void pair({ signal, onCode: setCode, onFailure: setFailure });
    return () => {
      ending.abort();
    };
  }, []);
  return { code, failure };
}

interface Pairing {
  signal: AbortSignal;
  onCode: (code: ShownCode | undefined) => void;
  /** With undefined: all is well again. */
  onFailure: (failure: unknown) => void;
}

/** Shows codes, one after another, until one of them was typed. */
async function pair({ signal, onCode, onFailure }: Pairing): Promise<void> {
  while (!signal.aborted) {
    const code = await begin(signal).catch((error: unknown) => faultOf(error));
    if (code instanceof Fault) {
      onFailure(code);
      await pause(Math.max(code.retryAfterS * 1000, AGAIN_MS), signal);
      continue;
    }
    onFailure(undefined);
    onCode(code);
    if ((await wait(code, { signal, onFailure })) === 'paired') return;
    onCode(undefined);
  }
}

async function begin(signal: AbortSignal): Promise<ShownCode> {
  return shownCode(await session.call(BeginPairing, { query: { city: cityNamed() } }, { signal }), Date.now());
}

/** Until somebody typed this code, or it is of no use any more. */
async function wait(
  code: ShownCode,
  { signal, onFailure }: Pick<Pairing, 'signal' | 'onFailure'>,
): Promise<'paired' | 'over'> {
  await pause(code.intervalMs, signal);
  while (!signal.aborted) {
    const outcome = await session.claimPairing(code.deviceCode).catch((error: unknown) => faultOf(error));
    if (outcome === 'paired') return 'paired';
    onFailure(outcome instanceof Fault && outcome.retriable ? outcome : undefined);
    const next = nextStep(code, outcome, Date.now());
    if (next.do === 'new-code') return 'over';
    await pause(next.inMs, signal);
  }
  return 'over';
}

const faultOf = (error: unknown) =>
  error instanceof Fault ? error : new Fault('unavailable', String(error), { cause: error });

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
