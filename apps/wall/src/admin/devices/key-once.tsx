import type { AnswerOf, IssueDeviceKey } from '@siaga/contracts';
import { Qr } from '../../room/qr.tsx';
import { halfIn } from '../../text/fault-words.ts';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { CopyButton } from '../copy-button.tsx';

/** A key that is shown this once, and what the app of its device is to be given. */
export function KeyOnce({ issued: { key, device, setUp } }: { issued: AnswerOf<typeof IssueDeviceKey> }) {
  const { language, text } = useSpeechWith(adminWords);
  const words = text.admin;
  return (
    <section className="once" aria-label={words.keyFor(device.deviceId)}>
      <h3>{words.keyFor(device.deviceId)}</h3>
      <p className="warning">{words.keyOnce}</p>
      {setUp.map((one) => {
        const label = halfIn(one.label, language) ?? one.label;
        return (
          <div className="set-up" key={one.label}>
            <h4>{label}</h4>
            {opensAnApp(one.text) && <Qr text={one.text} label={label} />}
            <code className="secret">{one.text}</code>
            <CopyButton copies={one.text}>{words.copyThis(label)}</CopyButton>
          </div>
        );
      })}
      <div className="set-up">
        <h4>{words.keyAlone}</h4>
        <code className="secret">{key}</code>
        <CopyButton copies={key}>{words.copyKey}</CopyButton>
      </div>
    </section>
  );
}

/** What a camera can do something with: a link with settings. The rest is to be copied. */
function opensAnApp(text: string): boolean {
  return URL.canParse(text) && new URL(text).search !== '';
}
