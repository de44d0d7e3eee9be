import type { AnswerOf, IssueDeviceKey } from '@siaga/contracts';
import { useState } from 'react';
import { Qr } from '../../room/qr.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CopyButton } from '../copy-button.tsx';

/** A key that is shown this once, ready for the device it is for. */
export function KeyOnce({ issued: { key, device, setUp } }: { issued: AnswerOf<typeof IssueDeviceKey> }) {
  const { text } = useSpeech();
  const words = text.admin;
  const [shown, setShown] = useState(0);
  const way = setUp[shown];
  return (
    <section className="once" aria-label={words.keyFor(device.deviceId)}>
      <h3>{words.keyFor(device.deviceId)}</h3>
      <p className="warning">{words.keyOnce}</p>
      <code className="secret">{key}</code>
      <div className="doings">
        <CopyButton copies={key}>{words.copyKey}</CopyButton>
      </div>
      {setUp.length > 1 && (
        <div className="choice" role="group" aria-label={words.setUp}>
          {setUp.map(({ label }, index) => (
            <button
              type="button"
              key={label}
              aria-pressed={index === shown}
              onClick={() => {
                setShown(index);
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {way !== undefined && (
        <>
          <Qr text={way.text} label={`${words.setUp}: ${way.label}`} />
          {setUp.length === 1 && <p>{way.label}</p>}
          <code className="secret">{way.text}</code>
        </>
      )}
    </section>
  );
}
