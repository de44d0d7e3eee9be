import { GetCrewMessages, RemoveCrewMessages, SetCrewMessages, type CrewMessages as Messages } from '@siaga/contracts';
import { useState } from 'react';
import { CopyButton } from '../../admin/copy-button.tsx';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useMay } from '../../session/session-context.tsx';
import { detailIn } from '../../text/fault-words.ts';
import { useSpeech } from '../../text/speech.tsx';

const ask = (signal: AbortSignal) => call(GetCrewMessages, {}, { signal });

/** The address that writes to crews who do not answer the app: asked for when somebody opens it. */
export function CrewMessages() {
  const words = useSpeech().text.crewAlerts;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="crew-messages"
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
      }}
    >
      <summary>{words.messages}</summary>
      {isOpen && <Address />}
    </details>
  );
}

/** How it is set and how the last message fared; whoever administers an agency sets and removes it. */
function Address() {
  const words = useSpeech().text.crewAlerts;
  const may = useMay();
  const { answer, failure, again } = useAsked(ask);
  const [secret, setSecret] = useState<string>();
  const press = usePress();
  const messages = answer?.messages;
  const wrong = press.failure ?? failure;
  return (
    <>
      <p className="second">{words.messagesHow}</p>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      {answer !== undefined && (messages === undefined ? <p>{words.noMessages}</p> : <Standing messages={messages} />)}
      {secret !== undefined && (
        <section className="crew-secret" aria-label={words.secret}>
          <p data-tone="attention">{words.secretOnce}</p>
          <code>{secret}</code>
          <CopyButton copies={secret}>{words.copySecret}</CopyButton>
        </section>
      )}
      {answer !== undefined && may(SetCrewMessages) && (
        <AddressForm
          key={messages?.url}
          known={messages}
          busy={press.busy}
          onSet={(body) => {
            press.run(async (send) => {
              setSecret((await send(SetCrewMessages, { body })).secret);
              again();
            });
          }}
        />
      )}
      {messages !== undefined && may(RemoveCrewMessages) && (
        <SureButton
          means={words.removeMeans}
          yes={words.removeYes}
          busy={press.busy}
          onSure={() => {
            press.run(async (send) => {
              await send(RemoveCrewMessages, {});
              setSecret(undefined);
              again();
            });
          }}
        >
          {words.remove}
        </SureButton>
      )}
    </>
  );
}

function Standing({ messages: { channel, url, deliveredAtMs, failure } }: { messages: Messages }) {
  const { text, format, language } = useSpeech();
  const words = text.crewAlerts;
  const nowMs = useNow();
  return (
    <p>
      <strong>{words.by[channel]}</strong> · {url} ·{' '}
      {failure === undefined ? (
        <span className="second">
          {deliveredAtMs === undefined
            ? words.neverDelivered
            : words.lastDelivered(format.moment(deliveredAtMs, nowMs))}
        </span>
      ) : (
        <b data-tone="attention">
          {words.lastFailed(format.moment(failure.atMs, nowMs), detailIn(failure.detail, language))}
        </b>
      )}
    </p>
  );
}

type Settings = Pick<Messages, 'channel' | 'url'>;

interface AddressFormProps {
  known: Settings | undefined;
  busy: boolean;
  onSet: (settings: Settings) => void;
}

function AddressForm({ known, busy, onSet }: AddressFormProps) {
  const words = useSpeech().text.crewAlerts;
  const [url, setUrl] = useState(known?.url ?? '');
  const [channel, setChannel] = useState<Messages['channel']>(known?.channel ?? 'sms');
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSet({ channel, url: url.trim() });
      }}
    >
      <Choice label={words.channel} options={['sms', 'whatsapp']} chosen={channel} onChoose={setChannel}>
        {(one) => words.by[one]}
      </Choice>
      <Field
        label={words.url}
        hint={words.urlHint}
        type="url"
        required
        maxLength={500}
        value={url}
        onChange={({ target }) => {
          setUrl(target.value);
        }}
      />
      <button type="submit" className={known === undefined ? 'strong' : undefined} disabled={busy}>
        {known === undefined ? words.set : words.setAgain}
      </button>
    </form>
  );
}
