import type { InvitePerson, AnswerOf } from '@siaga/contracts';
import { useCity } from '../../city/city-context.tsx';
import { useNow } from '../../link/use-live.ts';
import { Qr } from '../../room/qr.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { CopyButton } from '../copy-button.tsx';
import { reachableOrigin } from '../reachable-origin.ts';

interface LinkOnceProps {
  link: AnswerOf<typeof InvitePerson>;
  onDone: () => void;
}

/** A link that is shown this once: to be scanned, copied, or sent with a message. */
export function LinkOnce({ link: { invitation, path }, onDone }: LinkOnceProps) {
  const { text, format } = useSpeechWith(adminWords);
  const words = text.admin;
  const { city, deviceAddresses } = useCity();
  const nowMs = useNow();
  const { origin, isHereOnly } = reachableOrigin(location, deviceAddresses);
  const address = origin + path;
  const { displayName, expiresAtMs, personId } = invitation;
  const until = format.moment(expiresAtMs, nowMs);
  const message = personId === undefined ? words.linkMessage : words.renewMessage;
  return (
    <section className="once" aria-label={words.linkFor(displayName)}>
      <h3>{words.linkFor(displayName)}</h3>
      <p className="warning">{words.linkOnce}</p>
      {isHereOnly && <p>{words.loopbackLink}</p>}
      <Qr text={address} label={words.linkQr} />
      <code className="secret">{address}</code>
      <p className="third">{words.linkUntil(until)}</p>
      <div className="doings">
        <CopyButton copies={address}>{words.copyLink}</CopyButton>
        <CopyButton copies={message(displayName, city.name, address, until)}>{words.copyMessage}</CopyButton>
        <button type="button" className="strong" onClick={onDone}>
          {words.done}
        </button>
      </div>
    </section>
  );
}
