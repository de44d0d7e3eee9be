import { useEffect, useId, useState } from 'react';
import { Field } from '../../room/field.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { BridgeSettings } from './bridge-settings.ts';

interface SettingsFormProps {
  settings: BridgeSettings;
  onChange: (settings: BridgeSettings) => void;
}

const numbers = [
  { name: 'thresholdDb', min: -80, max: -5, step: 1 },
  { name: 'attackMs', min: 20, max: 240, step: 10 },
  { name: 'hangMs', min: 200, max: 3000, step: 100 },
  { name: 'guardMs', min: 300, max: 5000, step: 100 },
] as const;

/** Which cable, and how it is listened to. */
export function SettingsForm({ settings, onChange }: SettingsFormProps) {
  const words = useSpeech().text.bridge;
  const devices = useDevices();
  const take = (change: Partial<BridgeSettings>) => {
    const { data } = BridgeSettings.safeParse({ ...settings, ...change });
    if (data !== undefined) onChange(data);
  };
  return (
    <>
      {(['inputId', 'outputId'] as const).map((name) => (
        <DeviceChoice
          key={name}
          label={words[name]}
          devices={devices.filter(({ kind }) => kind === (name === 'inputId' ? 'audioinput' : 'audiooutput'))}
          chosen={settings[name]}
          onChoose={(deviceId) => {
            take({ [name]: deviceId });
          }}
        />
      ))}
      <details>
        <summary>{words.settings}</summary>
        {numbers.map(({ name, ...range }) => (
          <Field
            key={name}
            type="number"
            label={words[name]}
            {...range}
            defaultValue={settings[name]}
            onBlur={({ target }) => {
              take({ [name]: target.valueAsNumber });
            }}
          />
        ))}
      </details>
    </>
  );
}

interface DeviceChoiceProps {
  label: string;
  devices: readonly MediaDeviceInfo[];
  chosen: string;
  onChoose: (deviceId: string) => void;
}

function DeviceChoice({ label, devices, chosen, onChoose }: DeviceChoiceProps) {
  const words = useSpeech().text.bridge;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={chosen}
        onChange={({ target }) => {
          onChoose(target.value);
        }}
      >
        <option value="">{words.usual}</option>
        {devices
          .filter(({ deviceId }) => deviceId !== '')
          .map(({ deviceId, label: name }) => (
            <option key={deviceId} value={deviceId}>
              {name === '' ? deviceId : name}
            </option>
          ))}
      </select>
    </div>
  );
}

/** Sound devices of this computer; their names only once a microphone was allowed. */
function useDevices(): readonly MediaDeviceInfo[] {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    if (media === undefined) return undefined;
    let isOver = false;
    const look = () => {
      void media.enumerateDevices().then((found) => {
        if (!isOver) setDevices(found);
      });
    };
    look();
    media.addEventListener('devicechange', look);
    return () => {
      isOver = true;
      media.removeEventListener('devicechange', look);
    };
  }, []);
  return devices;
}
