import { expect, it } from '@jest/globals';
import { AlertOutcome, AssignmentStatus } from '@siaga/contracts';
import fc from 'fast-check';
import { answerOf, isOverdue, waysTried, type Sent } from './crew-answer.ts';

const T0 = 1_790_000_000_000;
const sent: Sent = {
  ...{ assignmentId: 'TGS-1AAAAAAA', incidentId: 'INS-1AAAAAAA', unitId: 'AMB-1', unitName: 'Ambulans Satu' },
  ...{ status: 'dispatched', atMs: { dispatched: T0 }, seq: 1, alerts: [], answerByMs: T0 + 30_000 },
};
const silent: Sent = { ...sent, isUnanswered: true };

it('is waited for, then silent as the server says, then late by the clock, whatever the server has said', () => {
  expect(answerOf(sent, T0 + 29_999)).toBe('waiting');
  expect(answerOf(silent, T0 + 29_999)).toBe('silent');
  expect(answerOf(silent, T0 + 30_000)).toBe('late');
  expect(answerOf(sent, T0 + 30_000)).toBe('late');
  expect(answerOf(undefined, T0)).toBeUndefined();
  expect([sent, silent].map((one) => isOverdue(one, T0 + 9000))).toEqual([false, true]);
  expect(isOverdue(sent, T0 + 30_000)).toBe(true);
});

it('asks nothing of a crew that has answered, or is on its way home', () => {
  for (const status of AssignmentStatus.exclude(['dispatched']).options)
    expect(answerOf({ ...silent, status }, T0 + 90_000)).toBeUndefined();
});

it('once late, is late until somebody answers', () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.nat(200_000), fc.boolean(), (first, more, said) => {
      const one = said ? silent : sent;
      return answerOf(one, T0 + first) !== 'late' || answerOf(one, T0 + first + more) === 'late';
    }),
  );
});

const tried = (channel: AlertOutcome['channel'], outcome: AlertOutcome['outcome'], afterMs = 0): AlertOutcome => ({
  ...{ channel, outcome, atMs: T0 + afterMs },
});

it('says of each way the best that it came to, and of app and push also that nothing was heard', () => {
  const ways = waysTried([
    tried('telephone', 'failed', 5000),
    tried('push', 'delivered', 1000),
    tried('push', 'failed', 2000),
    tried('sms', 'failed', 3000),
    tried('sms', 'sent', 4000),
  ]);
  expect(ways.map(({ channel, outcome }) => [channel, outcome?.outcome])).toEqual([
    ['app', undefined],
    ['push', 'delivered'],
    ['sms', 'sent'],
    ['telephone', 'failed'],
  ]);
  expect(waysTried([]).map(({ channel }) => channel)).toEqual(['app', 'push']);
});

it('leaves no way out that was tried, names none twice, and does not mind the order in which it heard', () => {
  const alert = fc.record({
    channel: fc.constantFrom(...AlertOutcome.shape.channel.options),
    outcome: fc.constantFrom(...AlertOutcome.shape.outcome.options),
    atMs: fc.nat(),
  });
  const alerts = fc.uniqueArray(alert, { maxLength: 20, selector: ({ atMs }) => atMs });
  fc.assert(
    fc.property(alerts, (heard) => {
      const ways = waysTried(heard);
      const channels = ways.map(({ channel }) => channel);
      expect(new Set(channels).size).toBe(channels.length);
      expect(new Set([...channels, 'app', 'push'])).toEqual(new Set([...heard.map(({ channel }) => channel), 'app', 'push'])); // prettier-ignore
      expect(waysTried(heard.toReversed())).toEqual(ways);
    }),
  );
});
