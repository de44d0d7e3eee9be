import { AdoptDevice, type DeviceSeen } from '@siaga/contracts';
import { Smartphone } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { TruckChoice } from './truck-choice.tsx';

/** One unknown device with its last words; opened, the trucks it could ride on. Escape closes them. */
export function SeenDevice({ device }: { device: DeviceSeen }) {
  const { text, format } = useSpeech();
  const nowMs = useNow();
  const may = useMay();
  const [choosing, setChoosing] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !choosing) return;
    event.preventDefault();
    setChoosing(false);
    opener.current?.focus();
  };
  return (
    <article className="seen-device" onKeyDown={leave}>
      <Smartphone aria-hidden="true" />
      <h3>{device.deviceId}</h3>
      <p className="seen-facts">
        {device.protocol} · {text.heard(format.number(device.count))} ·{' '}
        {text.ago(format.duration(ageMs(device.lastSeenMs, nowMs)))}
      </p>
      {may(AdoptDevice) && (
        <button
          type="button"
          ref={opener}
          aria-expanded={choosing}
          aria-label={text.adoptChoose(device.deviceId)}
          onClick={() => {
            setChoosing((open) => !open);
          }}
        >
          {text.adopt}
        </button>
      )}
      {choosing && <TruckChoice device={device} />}
    </article>
  );
}
