import { AdoptDevice, type DeviceSeen } from '@siaga/contracts';
import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import { call, pressKey, reasonOf } from '../../city/api.ts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useWaste } from '../waste-context.tsx';

/** One unknown device with its last words, and the trucks it could ride on: choosing one puts it there. */
export function SeenDevice({ device }: { device: DeviceSeen }) {
  const { text, format } = useSpeech();
  const nowMs = useNow();
  const [choosing, setChoosing] = useState(false);
  return (
    <article className="seen-device">
      <Smartphone aria-hidden="true" />
      <h3>{device.deviceId}</h3>
      <p className="seen-facts">
        {device.protocol} · {text.heard(format.number(device.count))} ·{' '}
        {text.ago(format.duration(ageMs(device.lastSeenMs, nowMs)))}
      </p>
      <button
        type="button"
        aria-expanded={choosing}
        aria-label={text.adoptChoose(device.deviceId)}
        onClick={() => {
          setChoosing((open) => !open);
        }}
      >
        {text.adopt}
      </button>
      {choosing && <TruckChoice device={device} />}
    </article>
  );
}

function TruckChoice({ device }: { device: DeviceSeen }) {
  const { text } = useSpeech();
  const { fleet } = useWaste();
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const registered = fleet.filter((truck) => truck.registered !== undefined);

  const adopt = (truckId: string) => {
    setPending(truckId);
    setFailure(null);
    const { protocol, deviceId } = device;
    call(AdoptDevice, { params: { truckId }, body: { protocol, deviceId } }, { idempotencyKey: pressKey() }).catch(
      (error: unknown) => {
        setPending(null);
        setFailure(reasonOf(error));
      },
    );
  };

  return (
    <div className="truck-choice">
      {registered.length === 0 && <p>{text.adoptNoTruck}</p>}
      {pending === null &&
        registered.map(({ truckId }) => (
          <button
            type="button"
            key={truckId}
            aria-label={text.adoptOn(device.deviceId, truckId)}
            onClick={() => {
              adopt(truckId);
            }}
          >
            {truckId}
          </button>
        ))}
      {pending !== null && (
        <p role="status">
          {text.adopting} {pending}
        </p>
      )}
      {failure !== null && <p role="alert">{text.failed(failure)}</p>}
      <details>
        <summary>{text.lastMessage}</summary>
        <pre>{device.lastRaw}</pre>
      </details>
    </div>
  );
}
