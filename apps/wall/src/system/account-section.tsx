import type { Account } from '@siaga/live';
import { ageMs } from '../link/age.ts';
import { useSpeech } from '../text/speech.tsx';
import { missedIn, verdictOnAccount } from './account-verdict.ts';
import { useSystem } from './system-context.tsx';
import { ToneMark } from './tone-mark.tsx';
import { useAccountCheck } from './use-account.ts';

/** What the log holds for this screen against what reached it; compared about each minute, and on a press. */
export function AccountSection() {
  const { text, format } = useSpeech();
  const { account, linked, atMs } = useSystem();
  const { checking, failure, check } = useAccountCheck();
  const words = text.system;
  return (
    <section className="account" aria-labelledby="account-heading">
      <header className="section-head">
        <h3 id="account-heading">{words.account}</h3>
        <button type="button" disabled={checking || !linked} onClick={check}>
          {checking ? words.accountChecking : words.accountNow}
        </button>
      </header>
      <div role="status">
        {account === undefined ? <p>{words.accountNever}</p> : <Answer account={account} />}
        {failure !== undefined && <p data-tone="attention">{words.accountFailed(failure)}</p>}
      </div>
      {account !== undefined && atMs !== undefined && (
        <p className="third">
          {words.accountChecked(
            format.timeWithSeconds(account.checkedAtMs),
            format.duration(ageMs(account.checkedAtMs, atMs)),
          )}{' '}
          · {words.accountSince(format.moment(account.sinceMs, atMs))}
        </p>
      )}
    </section>
  );
}

const tones = { missed: 'down', whole: 'well', 'nothing-yet': 'well', unknown: 'unknown' } as const;

function Answer({ account }: { account: Account }) {
  const { text, format } = useSpeech();
  const words = text.system;
  const verdict = verdictOnAccount(account);
  const count = format.number(account.inLog);
  const answers = {
    missed: words.accountMissed(format.number(missedIn(account)), count),
    whole: words.accountNone(count),
    'nothing-yet': words.accountNothingYet,
    unknown: words.accountUnknown,
  };
  return (
    <>
      <p className="account-answer">
        <ToneMark tone={tones[verdict]} />
        <strong>{answers[verdict]}</strong>
      </p>
      {!account.complete && <p data-tone="attention">{words.accountPart}</p>}
    </>
  );
}
