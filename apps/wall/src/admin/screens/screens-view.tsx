import { ListScreens, RevokeScreen, type PairedScreen } from '@siaga/contracts';
import { MonitorUp } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../city/api.ts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { ListView, useList, type ListQuery } from '../../room/list.tsx';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { PairForm } from './pair-form.tsx';

const ask = (query: ListQuery, signal: AbortSignal) => call(ListScreens, { query }, { signal });

/** Unattended screens: pair one by the code it shows, see them all, take one its sight. */
export function ScreensView() {
  const { text } = useSpeechWith(adminWords);
  const words = text.admin;
  const list = useList(ask);
  const [isPairing, setPairing] = useState(false);
  const [paired, setPaired] = useState<string>();
  const press = usePress();
  const revoke = ({ screenId }: PairedScreen) => {
    press.run(async (send) => {
      await send(RevokeScreen, { params: { screenId } });
      list.again();
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
            list.again();
          }}
        />
      )}
      <p role="status">{paired !== undefined && words.paired(paired)}</p>
      {press.failure !== undefined && <p role="alert">{press.failure}</p>}
      <ListView list={list} className="rows" label={words.screens} empty={words.noScreens}>
        {(screen) => (
          <ScreenRow
            key={screen.screenId}
            screen={screen}
            busy={press.busy}
            onRevoke={() => {
              revoke(screen);
            }}
          />
        )}
      </ListView>
    </>
  );
}

function ScreenRow({ screen, busy, onRevoke }: { screen: PairedScreen; busy: boolean; onRevoke: () => void }) {
  const { text, format } = useSpeechWith(adminWords);
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
