import { ListScreens, RevokeScreen, type PairedScreen } from '@siaga/contracts';
import { MonitorUp } from 'lucide-react';
import { useCallback, useState } from 'react';
import { call, pressKey } from '../../city/api.ts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { PairForm } from './pair-form.tsx';

const STEP = 50;

/** Unattended screens: pair one by the code it shows, see them all, take one its sight. */
export function ScreensView() {
  const { text } = useSpeech();
  const words = text.admin;
  const [most, setMost] = useState(STEP);
  const { answer, failure, again } = useAsked(
    useCallback((signal: AbortSignal) => call(ListScreens, { query: { limit: most } }, { signal }), [most]),
  );
  const [isPairing, setPairing] = useState(false);
  const [paired, setPaired] = useState<string>();
  const press = usePress();
  const revoke = ({ screenId }: PairedScreen) => {
    press.run(async () => {
      await call(RevokeScreen, { params: { screenId } }, { idempotencyKey: pressKey() });
      again();
    });
  };
  return (
    <>
      {!isPairing && (
        <button
          type="button"
          className="strong"
          onClick={() => {
            setPaired(undefined);
            setPairing(true);
          }}
        >
          <MonitorUp aria-hidden="true" /> {words.pairScreen}
        </button>
      )}
      {isPairing && (
        <PairForm
          onCancel={() => {
            setPairing(false);
          }}
          onPaired={({ displayName }) => {
            setPairing(false);
            setPaired(displayName);
            again();
          }}
        />
      )}
      <p role="status">{paired !== undefined && words.paired(paired)}</p>
      {(press.failure ?? failure) !== undefined && <p role="alert">{press.failure ?? failure}</p>}
      {answer?.items.length === 0 && !isPairing && <p>{words.noScreens}</p>}
      <ul className="rows" aria-label={words.screens}>
        {answer?.items.map((screen) => (
          <ScreenRow
            key={screen.screenId}
            screen={screen}
            busy={press.busy}
            onRevoke={() => {
              revoke(screen);
            }}
          />
        ))}
      </ul>
      {answer?.next !== undefined && (
        <button
          type="button"
          onClick={() => {
            setMost(most + STEP);
          }}
        >
          {words.moreItems}
        </button>
      )}
    </>
  );
}

function ScreenRow({ screen, busy, onRevoke }: { screen: PairedScreen; busy: boolean; onRevoke: () => void }) {
  const { text, format } = useSpeech();
  const words = text.admin;
  const nowMs = useNow();
  const { displayName, agencies, revoked, lastSeenAtMs } = screen;
  const seen =
    lastSeenAtMs === undefined ? words.neverSeen : words.lastSeen(format.duration(ageMs(lastSeenAtMs, nowMs)));
  return (
    <li data-gone={revoked}>
      <p>
        <strong>{displayName}</strong>
        {revoked && <em className="tag">{words.revoked}</em>}
      </p>
      <p className="row-facts">
        {agencies.map((agency) => text.session.agencies[agency]).join(', ')} · {seen}
      </p>
      {!revoked && (
        <SureButton
          label={words.revokeOf(displayName)}
          means={words.revokeMeans}
          yes={words.revokeOf(displayName)}
          busy={busy}
          onSure={onRevoke}
        >
          {words.revoke}
        </SureButton>
      )}
    </li>
  );
}
