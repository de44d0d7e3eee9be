import { createLogger } from '@siaga/service';

const log = createLogger('city');

/** What the supervisor tells of its children. */
export interface ChildNotices {
  ended(child: { name: string; code: number | null; signal: string | null; againInMs: number }): void;
  killed(child: { name: string; why: KillReason }): void;
}

/** Why a child that runs is killed. */
export type KillReason = 'not-ready' | 'not-healthy';

const reasons: Record<KillReason, { id: string; en: string }> = {
  'not-ready': { id: 'tidak kunjung siap', en: 'did not become ready' },
  'not-healthy': { id: 'tidak menjawab dengan sehat', en: 'is not healthy' },
};

/** For whoever collects logs: JSON. */
export const loggedNotices: ChildNotices = {
  ended: ({ name, ...how }) => {
    log.warn(how, `${name} ended and is started again`);
  },
  killed: ({ name, why }) => {
    log.error(`${name} ${reasons[why].en} and is killed`);
  },
};

/** For a person at a terminal: a sentence each. */
export const spokenNotices = (say: (sentence: string) => void): ChildNotices => ({
  ended: ({ name, code, signal, againInMs }) => {
    const [how, s] = [signal ?? String(code), String(againInMs / 1000)];
    say(`${name} berhenti (${how}), dinyalakan lagi dalam ${s.replace('.', ',')} detik · ${name} ended (${how}) and is started again in ${s} s`); // prettier-ignore
  },
  killed: ({ name, why }) => {
    say(`${name} ${reasons[why].id}, dihentikan paksa · ${name} ${reasons[why].en} and is killed`);
  },
});
