import { expect, it } from '@jest/globals';
import { spokenNotices } from './child-notices.ts';

it('says in sentences what becomes of a child', () => {
  const said: string[] = [];
  const notices = spokenNotices((sentence) => said.push(sentence));
  notices.ended({ name: 'waste', code: null, signal: 'SIGKILL', againInMs: 250 });
  notices.ended({ name: 'waste', code: 1, signal: null, againInMs: 8000 });
  notices.killed({ name: 'gateway', why: 'not-healthy' });
  expect(said).toEqual([
    'waste berhenti (SIGKILL), dinyalakan lagi dalam 0,25 detik · waste ended (SIGKILL) and is started again in 0.25 s',
    'waste berhenti (1), dinyalakan lagi dalam 8 detik · waste ended (1) and is started again in 8 s',
    'gateway tidak menjawab dengan sehat, dihentikan paksa · gateway is not healthy and is killed',
  ]);
});
