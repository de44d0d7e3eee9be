import { ageMs } from '../link/age.ts';
import { useSpeech } from '../text/speech.tsx';
import { isBackupLate } from './backup-age.ts';
import { Figure } from './figure.tsx';
import { told } from './services.ts';
import { useSystem } from './system-context.tsx';

/** The disk the city lives on, and its last backup elsewhere. */
export function StorageSection() {
  const { text, format } = useSpeech();
  const { services, atMs } = useSystem();
  const words = text.system;
  const known = told(services, 'storage');
  if (atMs === undefined || known === undefined) {
    const isGatewayHeard = services.some(({ state, report }) => report.live !== undefined && state !== 'silent');
    return (
      <section aria-label={words.storage}>
        <h3>{words.storage}</h3>
        <p className="third">{isGatewayHeard ? words.managed : words.notTold}</p>
      </section>
    );
  }
  const { value: storage, by } = known;
  const { lastBackup } = storage;
  const late = isBackupLate(storage, atMs);
  return (
    <section aria-label={words.storage}>
      <h3>{words.storage}</h3>
      <div className="figures">
        <Figure value={format.bytes(storage.usedBytes)} name={words.used} />
        <Figure value={format.bytes(storage.freeBytes)} name={words.free} tone={storage.full ? 'attention' : 'calm'} />
      </div>
      {storage.full && <p data-tone="attention">{words.full}</p>}
      <dl className="facts">
        <div>
          <dt>{words.backup}</dt>
          <dd data-tone={late ? 'attention' : 'calm'}>
            {lastBackup === undefined
              ? words.backupNever
              : words.backupAt(
                  format.moment(lastBackup.atMs, atMs),
                  format.duration(ageMs(lastBackup.atMs, atMs)),
                  format.bytes(lastBackup.bytes),
                )}
          </dd>
        </div>
      </dl>
      {late && <p data-tone="attention">{words.backupLate}</p>}
      <p className="third">{words.saidBy(by.name, format.duration(ageMs(by.heardMs, atMs)))}</p>
    </section>
  );
}
