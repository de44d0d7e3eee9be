import { useSpeech } from '../text/speech.tsx';
import { missedIn } from './account-verdict.ts';
import { useSystem } from './system-context.tsx';
import { ToneMark } from './tone-mark.tsx';

/** The one thing that must not happen: said over everything else, with what to do, until the screen is loaded again. */
export function MissedNotice() {
  const { text, format } = useSpeech();
  const { account } = useSystem();
  const words = text.system;
  const missed = missedIn(account);
  if (account === undefined || missed === 0) return null;
  return (
    <div className="missed-notice" role="alert">
      <ToneMark tone="down" />
      <strong>{words.accountMissed(format.number(missed), format.number(account.inLog))}</strong>
      <p>{words.accountDo}</p>
      <button
        type="button"
        className="strong"
        onClick={() => {
          location.reload();
        }}
      >
        {words.accountReload}
      </button>
    </div>
  );
}
