import type { VoiceRequest, VoiceWord } from '@siaga/contracts';
import type { Line, LineInput, LineStep, Membership, Outcome, Press, PressState, Tone } from './line-state.ts';

const stays = (line: Line): LineStep => ({ line, say: [], tones: [] });

/** What a word of the city, a finger or a cut makes of the line. */
export function step(line: Line, input: LineInput): LineStep {
  switch (input.kind) {
    case 'word':
      return told(line, input.word);
    case 'join':
      return joined(line, input.groupId);
    case 'leave':
      return left(line, input.groupId);
    case 'press':
      return pressed(line, input);
    case 'mute':
      return mute(line, input.talkId);
    case 'let-go':
      return letGo(line, input.talkId);
    case 'closed':
      return closed(line, input.isReplaced);
    case 'connecting':
      return stays({ ...without(line), link: 'connecting' });
  }
}

function told(line: Line, word: VoiceWord): LineStep {
  switch (word.kind) {
    case 'welcome':
      return welcomed(line, word.participantId);
    case 'granted':
      return granted(line, word);
    case 'taken':
      return taken(line, word);
    case 'idle':
      return idle(line, word.groupId);
    case 'queue-position':
      return ofPress(line, word, { at: 'queued', position: word.position });
    case 'ending':
      if (line.press?.state.at !== 'has-permission') return stays(line);
      return ofPress(line, word, { ...line.press.state, endingInMs: word.inMs });
    case 'deny':
    case 'revoke':
      return refusedPress(line, word);
    case 'sent':
      return stored(line, word);
    case 'refused':
      return refused(line, word);
    case 'ping':
      return { ...stays(line), say: [{ kind: 'pong', atMs: word.atMs }] };
  }
}

/** On the line again: into every group it was in. A press of before the cut is over, whatever the finger does. */
function welcomed(line: Line, participantId: string): LineStep {
  const groups = new Map([...line.groups.keys()].map((groupId) => [groupId, { isIn: false }]));
  const say = [...groups.keys()].map((groupId) => ({ kind: 'join', groupId }) as const);
  return { line: { ...without(line), link: 'open', participantId, groups }, say, tones: [] };
}

function granted(line: Line, { groupId, talkId, burst, listeners }: Extract<VoiceWord, { kind: 'granted' }>): LineStep {
  const { press } = line;
  // nobody holds the button for this one any more: an open floor behind a released button would be the worst of all
  if (press?.talkId !== talkId || press.state.at === 'pending-release')
    return { ...stays(line), say: [{ kind: 'release', groupId, talkId }] };
  const isNew = press.state.at !== 'has-permission';
  const free = withGroup(line, groupId, { isIn: true });
  const state = { at: 'has-permission', burst, listeners } as const;
  return { line: { ...free, press: { ...press, state } }, say: [], tones: isNew ? ['permit'] : [] };
}

function taken(line: Line, word: Extract<VoiceWord, { kind: 'taken' }>): LineStep {
  const { groupId, burst, by, isEmergency, sinceMs, exercise } = word;
  const talk = { burst, by, isEmergency, sinceMs, ...(exercise && { exercise }) };
  const { press } = line;
  const known = withGroup(line, groupId, { isIn: true, taken: talk });
  const isNews = line.groups.get(groupId)?.taken?.burst !== burst;
  const tones: Tone[] = isEmergency && isNews ? ['alert'] : [];
  if (press?.groupId !== groupId) return { line: known, say: [], tones };
  if (press.state.at === 'has-permission') {
    // somebody else has it: nobody but an emergency takes it from who is heard
    const why = isEmergency ? 'media-burst-pre-empted' : 'silent';
    return { line: ended(known, { talkId: press.talkId, why }), say: [], tones: [...tones, 'busy'] };
  }
  return { line: press.state.at === 'pending-release' ? without(known) : known, say: [], tones };
}

function idle(line: Line, groupId: string): LineStep {
  const { press } = line;
  const before = line.groups.get(groupId);
  const free = withGroup(line, groupId, { isIn: true });
  const tones: Tone[] = before?.taken === undefined ? [] : ['end'];
  if (press?.groupId !== groupId) return { line: free, say: [], tones };
  if (press.state.at === 'has-permission')
    return { line: ended(free, { talkId: press.talkId, why: 'silent' }), say: [], tones: [...tones, 'busy'] };
  return { line: press.state.at === 'pending-release' ? without(free) : free, say: [], tones };
}

/** What was too long is given back at once: in the grace that is left nobody else would be heard. */
function refusedPress(
  line: Line,
  { groupId, talkId, cause }: Extract<VoiceWord, { kind: 'deny' | 'revoke' }>,
): LineStep {
  if (line.press?.talkId !== talkId) return stays(line);
  // the end of a press that was let go already is no news
  if (line.press.state.at === 'pending-release') return stays(without(line));
  const say: VoiceRequest[] = cause === 'media-burst-too-long' ? [{ kind: 'release', groupId, talkId }] : [];
  return { line: ended(line, { talkId, why: cause }), say, tones: ['busy'] };
}

/** Stored, as far as it was heard: whoever was cut off reads that, for the rest of it nobody heard. Of a press before the newest it is no news. */
function stored(line: Line, { talkId, heardMs }: Extract<VoiceWord, { kind: 'sent' }>): LineStep {
  if (line.outcome?.talkId === talkId || line.newestTalkId !== talkId) return stays(line);
  return { line: { ...line, outcome: { talkId, why: 'sent', heardMs } }, say: [], tones: ['sent'] };
}

function refused(line: Line, { detail, groupId }: Extract<VoiceWord, { kind: 'refused' }>): LineStep {
  if (groupId === undefined) return stays(line);
  const known = withGroup(line, groupId, { isIn: false, refused: detail });
  const { press } = known;
  if (press?.groupId !== groupId) return stays(known);
  return { line: ended(known, { talkId: press.talkId, why: 'no-permission' }), say: [], tones: ['busy'] };
}

function joined(line: Line, groupId: string): LineStep {
  if (line.groups.has(groupId)) return stays(line);
  const groups = new Map(line.groups).set(groupId, { isIn: false });
  return { line: { ...line, groups }, say: line.link === 'open' ? [{ kind: 'join', groupId }] : [], tones: [] };
}

function left(line: Line, groupId: string): LineStep {
  if (!line.groups.has(groupId)) return stays(line);
  const groups = new Map(line.groups);
  groups.delete(groupId);
  const rest = { ...line, groups };
  const say: VoiceRequest[] = line.link === 'open' ? [{ kind: 'leave', groupId }] : [];
  return { line: line.press?.groupId === groupId ? without(rest) : rest, say, tones: [] };
}

function pressed(line: Line, { groupId, talkId, isEmergency, place }: Extract<LineInput, { kind: 'press' }>): LineStep {
  if (line.press?.talkId === talkId) return stays(line);
  const before = letGo(line, line.press?.talkId ?? '');
  const rest = { ...before.line, outcome: undefined, newestTalkId: talkId };
  if (line.link !== 'open')
    return { line: { ...without(rest), outcome: { talkId, why: 'no-link' } }, say: [], tones: ['busy'] };
  const press: Press = { groupId, talkId, isEmergency, state: { at: 'pending-request' } };
  const request: VoiceRequest = {
    ...{ kind: 'request', groupId, talkId },
    ...(isEmergency && { isEmergency }),
    ...(place && { place }),
  };
  return { line: { ...rest, press }, say: [...before.say, request], tones: [] };
}

/** Nothing is asked for: a floor without a voice would only keep the others from talking. */
function mute(line: Line, talkId: string): LineStep {
  const before = letGo(line, line.press?.talkId ?? '');
  const silent = { ...ended(before.line, { talkId, why: 'no-microphone' }), newestTalkId: talkId };
  return { line: silent, say: before.say, tones: ['busy'] };
}

/** A press that only waited is over at once, and was heard by nobody: the floor says nothing more about it. */
function letGo(line: Line, talkId: string): LineStep {
  const { press } = line;
  if (press?.talkId !== talkId || press.state.at === 'pending-release') return stays(line);
  const { groupId } = press;
  const say: VoiceRequest[] = line.link === 'open' ? [{ kind: 'release', groupId, talkId }] : [];
  if (press.state.at === 'has-permission')
    return { line: { ...line, press: { ...press, state: { at: 'pending-release' } } }, say, tones: [] };
  return { line: ended(line, { talkId, why: 'let-go-early' }), say, tones: ['busy'] };
}

function closed(line: Line, isReplaced: boolean): LineStep {
  const groups = new Map([...line.groups.keys()].map((groupId) => [groupId, { isIn: false }]));
  const gone: Line = { ...line, link: isReplaced ? 'replaced' : 'lost', groups };
  const { press } = line;
  if (press === undefined) return stays(gone);
  // what was said until now went out; whether it arrived nobody knows
  return { line: ended(gone, { talkId: press.talkId, why: 'link-lost' }), say: [], tones: ['busy'] };
}

function ofPress(line: Line, { talkId }: { talkId: string }, state: PressState): LineStep {
  const { press } = line;
  if (press?.talkId !== talkId || press.state.at === 'pending-release') return stays(line);
  const isNews = state.at === 'queued' && press.state.at !== 'queued';
  return { line: { ...line, press: { ...press, state } }, say: [], tones: isNews ? ['busy'] : [] };
}

const without = (line: Line): Line => ({ ...line, press: undefined });

const ended = (line: Line, outcome: Outcome): Line => ({ ...without(line), outcome });

/** Of groups it is not in nothing is kept: it may have left while the word was on its way. */
function withGroup(line: Line, groupId: string, membership: Membership): Line {
  if (!line.groups.has(groupId)) return line;
  return { ...line, groups: new Map(line.groups).set(groupId, membership) };
}
