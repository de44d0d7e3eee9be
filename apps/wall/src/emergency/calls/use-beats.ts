import { BeatCall, CLAIM_BEAT_MS, type CallChanged } from '@siaga/contracts';
import { useEffect, useEffectEvent } from 'react';
import { call as send } from '../../city/api.ts';
import { useMe } from '../../session/session-context.tsx';

/** Says every few seconds that whoever talks is still there: of each call of his, whatever his screen is about meanwhile. */
export function useBeats(calls: readonly CallChanged[]): void {
  const me = useMe();
  const mine = calls.filter(({ status, claim }) => status === 'talking' && claim?.by === me.principalId);
  const beat = useEffectEvent(() => {
    // a beat that is lost is followed by another; that the call is somebody else's comes by the stream
    for (const { callId } of mine) send(BeatCall, { params: { callId } }).catch(() => undefined);
  });
  const isTalking = mine.length > 0;
  useEffect(() => {
    if (!isTalking) return;
    const timer = setInterval(() => {
      beat();
    }, CLAIM_BEAT_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isTalking]);
}
