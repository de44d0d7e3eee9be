import {
  LONGEST_QUEUE,
  type Floor,
  type FloorInput,
  type FloorStep,
  type FloorTimers,
  type Said,
  type Talk,
  type Waiting,
} from './floor.ts';

type Input<Kind extends FloorInput['kind']> = Extract<FloorInput, { kind: Kind }>;
type Change = Omit<FloorStep, 'relays'> & { relays?: boolean };

/** What an input makes of a floor at a moment. What time has done by then is done first, so that a late timer changes nothing. */
export function step(floor: Floor, input: FloorInput, at: { nowMs: number; timers: FloorTimers }): FloorStep {
  const before: Said[] = [];
  let settled = floor;
  for (let due = dueMs(settled, at.timers); due !== undefined && due <= at.nowMs; due = dueMs(settled, at.timers)) {
    const passed = elapsed(settled, { ...at, nowMs: due });
    settled = passed.floor;
    before.push(...passed.said);
  }
  const change = changeBy(settled, input, at);
  return { floor: change.floor, said: [...before, ...change.said], relays: change.relays === true };
}

/** When time does the next thing, epoch ms; undefined: nobody talks. */
export function dueMs({ talk }: Floor, timers: FloorTimers): number | undefined {
  if (talk === undefined) return undefined;
  const silentMs = talk.mediaAtMs + timers.endOfMediaMs;
  if (talk.revokedAtMs !== undefined) return Math.min(silentMs, talk.revokedAtMs + timers.graceMs);
  const fullMs = talk.grantedAtMs + timers.stopTalkingMs;
  return Math.min(silentMs, talk.isWarned ? fullMs : fullMs - timers.warningMs);
}

function changeBy(floor: Floor, input: FloorInput, at: { nowMs: number; timers: FloorTimers }): Change {
  switch (input.kind) {
    case 'join':
      return joined(floor, input, at);
    case 'leave':
      return left(floor, input, at);
    case 'request':
      return requested(floor, input, at);
    case 'release':
      return released(floor, input, at);
    case 'media':
      return heard(floor, input, at);
    case 'clock':
      return { floor, said: [] };
  }
}

/** Exactly one thing of those that are due. */
function elapsed(floor: Floor, at: { nowMs: number; timers: FloorTimers }): Change {
  const { talk } = floor;
  if (talk === undefined) return { floor, said: [] };
  const { nowMs, timers } = at;
  const { talkId, participantId: to } = talk;
  // silence lets go, it is not punished; what was too long ends with its grace
  const isSilent = talk.mediaAtMs + timers.endOfMediaMs <= nowMs;
  if (isSilent || talk.revokedAtMs !== undefined) return freed(floor, at);
  const leftMs = talk.grantedAtMs + timers.stopTalkingMs - nowMs;
  if (leftMs > 0)
    return {
      floor: { ...floor, talk: { ...talk, isWarned: true } },
      said: [{ to, message: { kind: 'ending', talkId, inMs: leftMs } }],
    };
  return {
    floor: { ...floor, talk: { ...talk, isWarned: true, revokedAtMs: nowMs } },
    said: [{ to, message: { kind: 'revoke', talkId, cause: 'media-burst-too-long' } }],
  };
}

/** Whoever comes, late or again, learns at once who talks; one who has the floor or waits for it: that. */
function joined(floor: Floor, { participant }: Input<'join'>, at: { nowMs: number; timers: FloorTimers }): Change {
  const { participantId: to } = participant;
  const here = { ...floor, participants: new Map(floor.participants).set(to, participant) };
  const { talk, queue } = here;
  if (talk === undefined) return { floor: here, said: [{ to, message: { kind: 'idle' } }] };
  if (talk.participantId === to) return { floor: here, said: [{ to, message: grantOf(here, talk, at) }] };
  const place = queue.findIndex(({ participantId }) => participantId === to);
  const waits = place < 0 ? [] : positions(queue.slice(0, place + 1), place);
  return { floor: here, said: [{ to, message: takenBy(talk) }, ...waits] };
}

function left(floor: Floor, { participantId }: Input<'leave'>, at: { nowMs: number; timers: FloorTimers }): Change {
  const participants = new Map(floor.participants);
  participants.delete(participantId);
  const gone = without({ ...floor, participants, refused: forgetting(floor, participantId) }, participantId);
  if (floor.talk?.participantId !== participantId) return gone;
  return freed(gone.floor, at);
}

function requested(
  floor: Floor,
  { participantId, talkId, isEmergency }: Input<'request'>,
  at: { nowMs: number; timers: FloorTimers },
): Change {
  const participant = floor.participants.get(participantId);
  if (participant === undefined) return { floor, said: [] };
  const { talk } = floor;
  if (talk?.participantId === participantId && talk.talkId === talkId)
    return { floor, said: [{ to: participantId, message: grantOf(floor, talk, at) }] };
  if (!participant.mayTalk)
    return { floor, said: [{ to: participantId, message: { kind: 'deny', talkId, cause: 'receive-only' } }] };
  const asked: Waiting = { participantId, talkId, isEmergency, rank: participant.rank };
  const repeat = floor.queue.findIndex((one) => one.participantId === participantId && one.talkId === talkId);
  if (repeat >= 0 && floor.queue[repeat]?.isEmergency === isEmergency)
    return { floor, said: [{ to: participantId, message: { kind: 'queue-position', talkId, position: repeat + 1 } }] };
  // a new press in place of the one before: that one is over, and so is a burst of its own that still has the floor
  const { floor: clear, said } = without({ ...floor, refused: forgetting(floor, participantId) }, participantId);
  if (talk === undefined) return granted(clear, asked, { at, said });
  if (talk.participantId === participantId) {
    const [first] = clear.queue;
    const goesOn = first === undefined || (isEmergency && !first.isEmergency);
    if (goesOn) return granted({ ...clear, talk: undefined }, asked, { at, said });
    // whoever waits has waited for this; else a press each half minute would keep the floor for ever
    const next = freed(clear, at);
    const behind = requested(next.floor, { kind: 'request', participantId, talkId, isEmergency }, at);
    return { ...behind, said: [...said, ...next.said, ...behind.said] };
  }
  if (isEmergency && !talk.isEmergency) {
    const { participantId: to, talkId: cut } = talk;
    const revoke: Said = { to, message: { kind: 'revoke', talkId: cut, cause: 'media-burst-pre-empted' } };
    return granted({ ...clear, talk: undefined }, asked, { at, said: [...said, revoke] });
  }
  if (clear.queue.length >= LONGEST_QUEUE && !isEmergency)
    return {
      floor: clear,
      said: [...said, { to: participantId, message: { kind: 'deny', talkId, cause: 'queue-full' } }],
    };
  const queue = queuedWith(clear.queue, asked);
  return { floor: { ...clear, queue }, said: [...said, ...positions(queue, queue.indexOf(asked))] };
}

function released(
  floor: Floor,
  { participantId, talkId }: Input<'release'>,
  at: { nowMs: number; timers: FloorTimers },
): Change {
  const { talk } = floor;
  if (talk?.participantId === participantId && talk.talkId === talkId) return freed(floor, at);
  if (!floor.queue.some((one) => one.participantId === participantId && one.talkId === talkId))
    return { floor, said: [] };
  return without(floor, participantId);
}

/** Media passes while its burst has the floor; of any other it is dropped, and its sender told so once: one that still waits, its place. */
function heard(floor: Floor, { participantId, talkId }: Input<'media'>, { nowMs }: { nowMs: number }): Change {
  const { talk } = floor;
  if (talk?.participantId === participantId && talk.talkId === talkId)
    return { floor: { ...floor, talk: { ...talk, mediaAtMs: nowMs } }, said: [], relays: true };
  if (!floor.participants.has(participantId) || floor.refused.get(participantId) === talkId) return { floor, said: [] };
  const refused = new Map(floor.refused).set(participantId, talkId);
  const place = floor.queue.findIndex((one) => one.participantId === participantId && one.talkId === talkId);
  if (place >= 0) return { floor: { ...floor, refused }, said: positions(floor.queue.slice(0, place + 1), place) };
  const message = { kind: 'revoke', talkId, cause: 'no-permission' } as const;
  return { floor: { ...floor, refused }, said: [{ to: participantId, message }] };
}

/** Nobody has the floor any more: it goes to whoever is next, or is idle. */
function freed(floor: Floor, at: { nowMs: number; timers: FloorTimers }): Change {
  const [next, ...queue] = floor.queue;
  const free = { ...floor, talk: undefined, queue };
  if (next === undefined) return { floor: free, said: [{ allBut: undefined, message: { kind: 'idle' } }] };
  return granted(free, next, { at, said: positions(queue, 0) });
}

function granted(
  floor: Floor,
  asked: Waiting,
  { at, said }: { at: { nowMs: number; timers: FloorTimers }; said: readonly Said[] },
): Change {
  const talk: Talk = { ...asked, grantedAtMs: at.nowMs, mediaAtMs: at.nowMs, isWarned: false };
  const { participantId } = asked;
  return {
    floor: { ...floor, talk },
    said: [
      ...said,
      { to: participantId, message: grantOf(floor, talk, at) },
      { allBut: participantId, message: takenBy(talk) },
    ],
  };
}

const grantOf = (floor: Floor, talk: Talk, { nowMs, timers }: { nowMs: number; timers: FloorTimers }) =>
  ({
    kind: 'granted',
    talkId: talk.talkId,
    isEmergency: talk.isEmergency,
    forMs: Math.max(0, talk.grantedAtMs + timers.stopTalkingMs - nowMs),
    listeners: floor.participants.size - 1,
  }) as const;

const takenBy = ({ talkId, participantId: by, isEmergency }: Waiting) =>
  ({ kind: 'taken', talkId, by, isEmergency }) as const;

/** Out of the queue; those behind it are told their new place. */
function without(floor: Floor, participantId: string): Change {
  const at = floor.queue.findIndex((one) => one.participantId === participantId);
  if (at < 0) return { floor, said: [] };
  const queue = floor.queue.toSpliced(at, 1);
  return { floor: { ...floor, queue }, said: positions(queue, at) };
}

/** Emergencies first, then by rank, then by arrival. */
function queuedWith(queue: readonly Waiting[], asked: Waiting): Waiting[] {
  const at = queue.findIndex((one) => isBefore(asked, one));
  return at < 0 ? [...queue, asked] : queue.toSpliced(at, 0, asked);
}

const isBefore = (one: Waiting, other: Waiting) =>
  one.isEmergency === other.isEmergency ? one.rank > other.rank : one.isEmergency;

const positions = (queue: readonly Waiting[], from: number): Said[] =>
  queue.slice(from).map(({ participantId: to, talkId }, at) => ({
    to,
    message: { kind: 'queue-position', talkId, position: from + at + 1 },
  }));

function forgetting({ refused }: Floor, participantId: string): Floor['refused'] {
  if (!refused.has(participantId)) return refused;
  const rest = new Map(refused);
  rest.delete(participantId);
  return rest;
}
