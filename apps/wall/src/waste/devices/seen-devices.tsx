import { DeviceSeen, deviceKey } from '@siaga/contracts';
import { useLatest } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { SeenDevice } from './seen-device.tsx';

/** Devices that report but ride on no truck, the latest first. Nothing at all while every device is known. */
export function SeenDevices() {
  const { text, format } = useSpeech();
  const seen = useLatest(DeviceSeen);
  if (seen.size === 0) return null;
  const devices = [...seen.values()].map(({ data }) => data).sort((one, other) => other.firstSeenMs - one.firstSeenMs);
  return (
    <section className="seen-devices" aria-labelledby="seen-heading">
      <header className="column-head">
        <h2 id="seen-heading">
          {text.unknownDevices} <strong>{format.number(devices.length)}</strong>
        </h2>
      </header>
      <ul>
        {devices.map((device) => (
          <li key={deviceKey(device)}>
            <SeenDevice device={device} />
          </li>
        ))}
      </ul>
    </section>
  );
}
