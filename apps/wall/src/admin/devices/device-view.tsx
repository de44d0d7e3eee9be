import {
  ChangeDeviceCredentials,
  deviceSubject,
  Fault,
  GetDeviceCredentials,
  IssueDeviceKey,
  type AgencyDevice,
  type AnswerOf,
  type DeviceCredentials,
} from '@siaga/contracts';
import { ArrowLeft } from 'lucide-react';
import { useCallback, useState } from 'react';
import { WhoSaw } from '../../audit/who-saw.tsx';
import { call } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { ADMIN } from '../kinds.ts';
import { KeyOnce } from './key-once.tsx';
import { NetworksForm } from './networks-form.tsx';
import { standingOf } from './standing-words.ts';

/** One device: its key, the networks it may report from, and whether it may at all. */
export function DeviceView({ device }: { device: AgencyDevice }) {
  const { agency, protocol, deviceId } = device;
  const { text, format } = useSpeechWith(adminWords);
  const words = text.admin;
  const nowMs = useNow();
  const { show } = useFocus();
  const { city } = useCity();
  const { answer, failure, again } = useAsked(
    useCallback((signal: AbortSignal) => saidOf({ agency, protocol, deviceId }, signal), [agency, protocol, deviceId]),
  );
  const [issued, setIssued] = useState<AnswerOf<typeof IssueDeviceKey>>();
  const [isSaved, setSaved] = useState(false);
  const press = usePress();
  const known = answer?.known;
  const hasKey = known?.hasKey === true;
  const isBlocked = known?.blocked === true;
  const issue = () => {
    press.run(async (send) => {
      setIssued(await send(IssueDeviceKey, { params: device }));
      again();
    });
  };
  const change = (body: { networks?: string[]; blocked?: boolean }) => {
    setSaved(false);
    press.run(async (send) => {
      try {
        const request = { params: device, body: { version: known?.version ?? 0, ...body } };
        await send(ChangeDeviceCredentials, request);
        setSaved(true);
      } finally {
        // also when somebody else was faster: what he said is shown then
        again();
      }
    });
  };
  return (
    <article className="person">
      <header className="admin-head">
        <button
          type="button"
          className="quiet"
          aria-label={words.back}
          onClick={() => {
            show(ADMIN, 'devices');
          }}
        >
          <ArrowLeft aria-hidden="true" />
        </button>
        <h3 className="person-title">
          {deviceId}{' '}
          <span className="person-name">
            {text.session.agencies[agency]} · {words.protocols[protocol]}
          </span>
          {isBlocked && <em className="tag">{words.blocked}</em>}
        </h3>
      </header>
      {(press.failure ?? failure) !== undefined && <p role="alert">{press.failure ?? failure}</p>}
      {issued !== undefined && <KeyOnce issued={issued} />}
      {answer !== undefined && (
        <>
          <p className="row-facts">
            {known === undefined ? words.noKey : standingOf(known, { text, format, nowMs }).join(' · ')}
          </p>
          <div className="doings">
            <SureButton
              means={hasKey ? words.newKeyMeans : words.firstKeyMeans}
              yes={words.giveKeyTo(deviceId)}
              busy={press.busy}
              onSure={issue}
            >
              {hasKey ? words.newKey : words.giveKey}
            </SureButton>
            <SureButton
              means={isBlocked ? words.unblockDeviceMeans : words.blockDeviceMeans}
              yes={isBlocked ? words.unblockDeviceYes(deviceId) : words.blockDeviceYes(deviceId)}
              busy={press.busy}
              onSure={() => {
                change({ blocked: !isBlocked });
              }}
            >
              {isBlocked ? words.unblockDevice : words.blockDevice}
            </SureButton>
          </div>
          <NetworksForm
            key={known?.networks.join()}
            networks={known?.networks ?? []}
            busy={press.busy}
            onSave={(networks) => {
              change({ networks });
            }}
          />
          <p role="status">{isSaved && words.deviceChanged}</p>
          <WhoSaw subject={deviceSubject(city.code, device)} />
        </>
      )}
    </article>
  );
}

/** What its agency says of a device; nothing yet of one that needs no proof. */
async function saidOf(params: AgencyDevice, signal: AbortSignal): Promise<{ known?: DeviceCredentials }> {
  try {
    return { known: await call(GetDeviceCredentials, { params }, { signal }) };
  } catch (error) {
    if (error instanceof Fault && error.kind === 'not-found') return {};
    throw error;
  }
}
