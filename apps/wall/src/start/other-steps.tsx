import { FileUp, MonitorUp, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { CopyButton } from '../admin/copy-button.tsx';
import { ADMIN } from '../admin/kinds.ts';
import { reachableOrigin } from '../admin/reachable-origin.ts';
import { useCity } from '../city/city-context.tsx';
import { useFocus } from '../room/focus.tsx';
import { adminWords } from '../text/admin-words.ts';
import { startWords } from '../text/start-words.ts';
import { useSpeech, useSpeechWith } from '../text/speech.tsx';
import { IMPORT } from '../waste/kinds.ts';
import type { Facts } from './facts.ts';

export function AccountHow() {
  const { text } = useSpeechWith(startWords);
  const { show } = useFocus();
  return (
    <>
      <div className="doings">
        <button
          type="button"
          className="strong"
          onClick={() => {
            show(ADMIN, 'invite');
          }}
        >
          <UserPlus aria-hidden="true" /> {text.start.makeAccount}
        </button>
      </div>
      <p className="third">{text.start.accountLink}</p>
    </>
  );
}

export function TrucksHow() {
  const { text } = useSpeech();
  const { show } = useFocus();
  return (
    <div className="doings">
      <button
        type="button"
        className="strong"
        onClick={() => {
          show(IMPORT);
        }}
      >
        <FileUp aria-hidden="true" /> {text.importTrucks}
      </button>
    </div>
  );
}

export function PeopleHow() {
  const { text } = useSpeechWith(startWords);
  const { admin } = useSpeechWith(adminWords).text;
  const { show } = useFocus();
  const [times, setTimes] = useState(1);
  return (
    <div className="doings">
      <button
        type="button"
        className="strong"
        onClick={() => {
          // the second press is for another person, also while the link of the first is still shown
          show(ADMIN, `invite/${times}`);
          setTimes(times + 1);
        }}
      >
        <UserPlus aria-hidden="true" /> {admin.invite}
      </button>
      <button
        type="button"
        onClick={() => {
          show(ADMIN, 'invitations');
        }}
      >
        {text.start.openInvitations}
      </button>
    </div>
  );
}

export function ScreenHow() {
  const { text } = useSpeechWith(startWords);
  const { admin } = useSpeechWith(adminWords).text;
  const { show } = useFocus();
  const { deviceAddresses } = useCity();
  const { origin, isHereOnly } = reachableOrigin(location, deviceAddresses);
  return (
    <>
      <code className="secret">{`${origin}/#pasangkan`}</code>
      {isHereOnly && <p className="third">{text.start.whyHereOnly}</p>}
      <div className="doings">
        <button
          type="button"
          className="strong"
          onClick={() => {
            show(ADMIN, 'screens');
          }}
        >
          <MonitorUp aria-hidden="true" /> {admin.pairScreen}
        </button>
      </div>
    </>
  );
}

/** The command for the embedded city; a word to give where databases have tools of their own. */
export function BackupHow({ facts: { backup }, onSaid }: { facts: Facts; onSaid: (said: boolean) => void }) {
  const { text } = useSpeechWith(startWords);
  const words = text.start;
  if (backup.by === 'databases')
    return (
      <>
        <p>{words.backupManaged}</p>
        <label className="step-tick">
          <input
            type="checkbox"
            checked={backup.isSaid}
            onChange={({ target }) => {
              onSaid(target.checked);
            }}
          />
          {words.backupTick}
        </label>
      </>
    );
  return (
    <>
      <code className="secret">{words.backupCommand}</code>
      <p className="third">{words.backupOther}</p>
      <div className="doings">
        <CopyButton copies={words.backupCommand}>{words.copyCommand}</CopyButton>
      </div>
    </>
  );
}
