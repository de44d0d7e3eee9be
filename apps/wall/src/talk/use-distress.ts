import { DistressChanged, EndDistress, Fault, PlaceDistress, RaiseDistress, type Client } from '@siaga/contracts';
import { useState } from 'react';
import { fixWithin, phonePosition } from '../field/phone-position.ts';
import { useLatest } from '../link/use-live.ts';
import { usePress } from '../room/press.ts';
import { useMe } from '../session/session-context.tsx';

/** A call for help that found no way is tried again after so long, ms. */
const AGAIN_MS = 2000;
/** A place in the city, not a city; asked for so long: the first fix in the open takes half a minute. */
const WHERE = { freshMs: 60_000, mostM: 5000, withinMs: 60_000 };

/** The city answered, and no repeat would make it answer otherwise. */
const isFinal = (error: unknown) => error instanceof Fault && !error.retriable && error.kind !== 'unauthenticated';

/** What this phone's owner has called for, and what he can do about it. */
export function useDistress(groupId: string | undefined) {
  const me = useMe();
  const { busy, failure, run } = usePress();
  const [isUnsent, setUnsent] = useState(false);
  const own = [...useLatest(DistressChanged).values()]
    .map(({ data }) => data)
    .find(({ principalId, ended }) => principalId === me.principalId && ended === undefined);

  const raised = async (send: Client) => {
    for (;;)
      try {
        return await send(RaiseDistress, { body: groupId === undefined ? {} : { groupId } });
      } catch (error) {
        if (isFinal(error)) throw error;
        setUnsent(true);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
  };
  const raise = () => {
    run(async (send) => {
      const where = fixWithin(phonePosition, WHERE);
      const { distressId } = await raised(send).finally(() => {
        setUnsent(false);
      });
      void where.then(async (fix) => {
        if (fix === undefined) return;
        const { lat, lng, accuracyM } = fix;
        // better late than never: what cannot be sent now is on his phone, and he can be asked on the air
        await send(PlaceDistress, { params: { distressId }, body: { lat, lng, accuracyM } }).catch(() => undefined);
      });
    });
  };
  const end = (reason: string) => {
    if (own === undefined) return;
    run(async (send) => {
      await send(EndDistress, { params: { distressId: own.distressId }, body: { reason } });
    });
  };
  return { own, busy, failure, isUnsent, raise, end };
}
