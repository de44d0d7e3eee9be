import { describe, expect, it } from '@jest/globals';
import type { VoiceRequest, VoiceWord } from '@siaga/contracts';
import { array, assert, boolean, constantFrom, integer, oneof, property, record, type Arbitrary } from 'fast-check';
import { step } from './line-rules.ts';
import { emptyLine, onAir, type Line, type LineInput, type Tone } from './line-state.ts';

const by = { participantId: 'hp-lain-1', principalId: 'budi' };
const said = (word: VoiceWord): LineInput => ({ kind: 'word', word });
const welcome = said({ kind: 'welcome', participantId: 'hp-ini-01' });
const press = (talkId: string): LineInput => ({ kind: 'press', groupId: 'satpolpp', talkId, isEmergency: false });
const ofTalk = (talkId: string) => ({ groupId: 'satpolpp', talkId });
const grant = (talkId: string) => said({ kind: 'granted', ...ofTalk(talkId), burst: 7, forMs: 30_000, listeners: 3 });
const taken = (isEmergency: boolean) => said({ kind: 'taken', groupId: 'satpolpp', burst: 9, by, isEmergency, sinceMs: 1 }); // prettier-ignore
const idle = said({ kind: 'idle', groupId: 'satpolpp' });
const cut: LineInput = { kind: 'closed', isReplaced: false };

function run(...inputs: LineInput[]) {
  let line: Line = emptyLine;
  const say: VoiceRequest[] = [];
  const tones: Tone[] = [];
  for (const input of inputs) {
    const next = step(line, input);
    line = next.line;
    say.push(...next.say);
    tones.push(...next.tones);
  }
  return { line, say, tones };
}
const join: LineInput = { kind: 'join', groupId: 'satpolpp' };
const begun = [welcome, join, idle];

describe('the line of a phone', () => {
  it('asks, hears the permit, is on the air, lets go, and is told that it was stored', () => {
    const talk = [...begun, press('tekan-01'), grant('tekan-01')];
    expect(onAir(run(...talk).line)).toEqual({ burst: 7, talkId: 'tekan-01', groupId: 'satpolpp' });
    const over = run(...talk, { kind: 'let-go', talkId: 'tekan-01' });
    expect(over.line.press?.state.at).toBe('pending-release');
    const sent = said({ kind: 'sent', ...ofTalk('tekan-01'), recordingId: 'RKM-00000001', heardMs: 900 });
    const { line, say, tones } = run(...talk, { kind: 'let-go', talkId: 'tekan-01' }, idle, sent);
    expect(say.map(({ kind }) => kind)).toEqual(['join', 'request', 'release']);
    expect(tones).toEqual(['permit', 'sent']);
    expect([line.press, line.outcome]).toEqual([undefined, { talkId: 'tekan-01', why: 'sent', heardMs: 900 }]);
  });

  it('goes on saying why it was cut off when what was heard until then is stored', () => {
    const sent = said({ kind: 'sent', ...ofTalk('tekan-01'), recordingId: 'RKM-00000001', heardMs: 900 });
    const { line, tones } = run(...begun, press('tekan-01'), grant('tekan-01'), taken(true), sent);
    expect(line.outcome).toEqual({ talkId: 'tekan-01', why: 'media-burst-pre-empted' });
    expect(tones).toEqual(['permit', 'alert', 'busy']);
  });

  it('says its place while it waits, and who talks', () => {
    const place = said({ kind: 'queue-position', ...ofTalk('tekan-01'), position: 2 });
    const { line, tones } = run(...begun, taken(false), press('tekan-01'), place);
    expect(line.press?.state).toEqual({ at: 'queued', position: 2 });
    expect(line.groups.get('satpolpp')?.taken?.by).toEqual(by);
    expect(tones).toEqual(['busy']);
  });

  it('gives back a floor that comes when nobody presses any more', () => {
    const { line, say } = run(...begun, press('tekan-01'), { kind: 'let-go', talkId: 'tekan-01' }, grant('tekan-01'));
    expect(onAir(line)).toBeUndefined();
    expect(say.at(-1)).toEqual({ kind: 'release', ...ofTalk('tekan-01') });
  });

  it('says so when the link is cut while it talks, and is back in its groups without talking', () => {
    const lost = run(...begun, press('tekan-01'), grant('tekan-01'), cut);
    expect(lost.line.outcome).toEqual({ talkId: 'tekan-01', why: 'link-lost' });
    expect(lost.line.link).toBe('lost');
    const back = run(...begun, press('tekan-01'), grant('tekan-01'), cut, welcome);
    expect(back.say.at(-1)).toEqual({ kind: 'join', groupId: 'satpolpp' });
    expect(onAir(back.line)).toBeUndefined();
    expect(run(cut, press('tekan-02')).line.outcome).toEqual({ talkId: 'tekan-02', why: 'no-link' });
  });

  it('says why nobody heard it: no microphone, let go before the permit, or no sound that came through', () => {
    const mute = run(...begun, { kind: 'mute', talkId: 'tekan-01' });
    expect([mute.line.outcome, mute.tones]).toEqual([{ talkId: 'tekan-01', why: 'no-microphone' }, ['busy']]);
    expect(mute.say.map(({ kind }) => kind)).toEqual(['join']);
    const early = run(...begun, press('tekan-01'), { kind: 'let-go', talkId: 'tekan-01' });
    expect([early.line.outcome?.why, early.tones]).toEqual(['let-go-early', ['busy']]);
    const unheard = [...begun, press('tekan-01'), grant('tekan-01')];
    expect(run(...unheard, idle).line.outcome).toEqual({ talkId: 'tekan-01', why: 'silent' });
    expect(run(...unheard, taken(false)).line.outcome).toEqual({ talkId: 'tekan-01', why: 'silent' });
  });

  it('gives back at once what was too long', () => {
    const revoke = said({ kind: 'revoke', ...ofTalk('tekan-01'), cause: 'media-burst-too-long' });
    const { line, say } = run(...begun, press('tekan-01'), grant('tekan-01'), revoke);
    expect(say.at(-1)).toEqual({ kind: 'release', ...ofTalk('tekan-01') });
    expect(line.outcome?.why).toBe('media-burst-too-long');
  });

  it('does not say of a press that the one before it was stored', () => {
    const sent = said({ kind: 'sent', ...ofTalk('tekan-01'), recordingId: 'RKM-00000001', heardMs: 900 });
    const first = [
      ...begun,
      press('tekan-01'),
      grant('tekan-01'),
      { kind: 'let-go', talkId: 'tekan-01' } as const,
      idle,
    ];
    const denied = said({ kind: 'deny', ...ofTalk('tekan-02'), cause: 'queue-full' });
    const { line, tones } = run(...first, press('tekan-02'), denied, sent);
    expect(line.outcome).toEqual({ talkId: 'tekan-02', why: 'queue-full' });
    expect(tones).toEqual(['permit', 'busy']);
  });

  it('is silent and warned where an emergency takes the floor', () => {
    const revoke = said({ kind: 'revoke', ...ofTalk('tekan-01'), cause: 'media-burst-pre-empted' });
    const { line, tones } = run(...begun, press('tekan-01'), grant('tekan-01'), revoke, taken(true));
    expect(onAir(line)).toBeUndefined();
    expect(line.outcome).toMatchObject({ why: 'media-burst-pre-empted' });
    expect(tones).toEqual(['permit', 'busy', 'alert']);
  });

  it('whatever comes: never on the air without a permit for this very press, never after it was let go or cut', () => {
    assert(
      property(array(anyInput, { maxLength: 60 }), (inputs) => {
        let line: Line = emptyLine;
        // a permit that came on this link, for the press that is held
        let permitted: string | undefined;
        for (const input of inputs) {
          const { link, press: before } = line;
          line = step(line, input).line;
          if (input.kind === 'word' && input.word.kind === 'granted' && input.word.talkId === before?.talkId)
            permitted = input.word.talkId;
          if (input.kind === 'press' && input.talkId !== before?.talkId) permitted = undefined;
          if (input.kind === 'let-go' && input.talkId === permitted) permitted = undefined;
          if (input.kind === 'closed') {
            permitted = undefined;
            if (before !== undefined) expect(line.outcome).toEqual({ talkId: before.talkId, why: 'link-lost' });
          }
          const air = onAir(line);
          if (air !== undefined) {
            expect(air.talkId).toBe(permitted);
            expect(line.groups.get(air.groupId)?.taken).toBeUndefined();
          }
          if (input.kind === 'let-go' && before?.talkId === input.talkId)
            expect(line.press?.state.at ?? 'pending-release').toBe('pending-release');
          if (link !== 'open' && input.kind !== 'word') expect(line.press).toBeUndefined();
        }
      }),
      { numRuns: 500 },
    );
  });
});

const talkId = constantFrom('tekan-01', 'tekan-02', 'tekan-03');
const groupId = constantFrom('satpolpp', 'semua');
const word: Arbitrary<VoiceWord> = oneof(
  record({ kind: constantFrom('welcome' as const), participantId: constantFrom('hp-ini-01') }),
  record({ ...{ kind: constantFrom('granted' as const), groupId, talkId }, burst: integer({ min: 1, max: 9 }), forMs: integer(), listeners: integer() }), // prettier-ignore
  record({ ...{ kind: constantFrom('taken' as const), groupId }, burst: integer({ min: 1, max: 9 }), by: constantFrom(by), isEmergency: boolean(), sinceMs: constantFrom(1) }), // prettier-ignore
  record({ kind: constantFrom('idle' as const), groupId }),
  record({ ...{ kind: constantFrom('deny' as const), groupId, talkId }, cause: constantFrom('receive-only' as const) }),
  record({ ...{ kind: constantFrom('revoke' as const), groupId, talkId }, cause: constantFrom('no-permission' as const) }), // prettier-ignore
  record({ ...{ kind: constantFrom('queue-position' as const), groupId, talkId }, position: integer({ min: 1, max: 9 }) }), // prettier-ignore
  record({ ...{ kind: constantFrom('ending' as const), groupId, talkId }, inMs: integer() }),
  record({ kind: constantFrom('refused' as const), detail: constantFrom('tidak'), groupId }),
);
const anyInput: Arbitrary<LineInput> = oneof(
  { weight: 4, arbitrary: record({ kind: constantFrom('word' as const), word }) },
  record({ kind: constantFrom('join' as const, 'leave' as const), groupId }),
  { weight: 2, arbitrary: record({ kind: constantFrom('press' as const), groupId, talkId, isEmergency: boolean() }) },
  record({ kind: constantFrom('let-go' as const, 'mute' as const), talkId }),
  record({ kind: constantFrom('closed' as const), isReplaced: boolean() }),
  record({ kind: constantFrom('connecting' as const) }),
);
