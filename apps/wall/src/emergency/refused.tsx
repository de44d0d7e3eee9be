import type { FaultDeed } from '@siaga/contracts';
import { Who } from '../alarms/who.tsx';
import { useNow } from '../link/use-live.ts';
import type { Press } from '../room/press.ts';
import { useSpeech } from '../text/speech.tsx';

/** Why a press was refused, and who was faster: by name, and in the city's time. */
export function Refused({ press: { failure, deed } }: { press: Pick<Press, 'failure' | 'deed'> }) {
  if (failure === undefined) return null;
  return (
    <p role="alert">
      {failure} {deed !== undefined && <Deed deed={deed} />}
    </p>
  );
}

function Deed({ deed: { by, atMs } }: { deed: FaultDeed }) {
  const { format } = useSpeech();
  const nowMs = useNow();
  return (
    <b>
      {by !== undefined && <Who actor={by} />}
      {by !== undefined && atMs !== undefined && ', '}
      {atMs !== undefined && `${format.moment(atMs, nowMs)} ${format.zone}`}
    </b>
  );
}
