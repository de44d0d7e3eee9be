/**
 * The floor of one group: who may talk, who waits. After the floor control server of 3GPP TS 24.380, §6.3: its states,
 * messages, causes and timers by their names; carried over an ordered link, so that nothing is asked for twice.
 */

/** How long things may take, ms: TS 24.380 §11.1.3, with its defaults. */
export interface FloorTimers {
  /** T1, end of media: a talker who sends nothing has let go. */
  readonly endOfMediaMs: number;
  /** T2, stop talking: one burst is no longer. */
  readonly stopTalkingMs: number;
  /** T3, stop talking grace: media of a burst that was too long still passes. */
  readonly graceMs: number;
  /** So long before T2 the talker is warned; ours, the standard has none. */
  readonly warningMs: number;
}
export const floorTimers: FloorTimers = {
  ...{ endOfMediaMs: 4000, stopTalkingMs: 30_000, graceMs: 3000, warningMs: 5000 },
};

/** The queue of one group is no longer: whoever waited through it would have walked there. */
export const LONGEST_QUEUE = 60;

/** One link of a person or device in a group. Higher ranks are granted first; nobody but an emergency interrupts. */
export interface Participant {
  readonly participantId: string;
  readonly rank: number;
  /** Listen-only, where false. */
  readonly mayTalk: boolean;
}

/** A press that waits for the floor. */
export interface Waiting {
  readonly participantId: string;
  readonly talkId: string;
  readonly isEmergency: boolean;
  readonly rank: number;
}

/** A burst that has the floor. */
export interface Talk extends Waiting {
  readonly grantedAtMs: number;
  readonly mediaAtMs: number;
  readonly isWarned: boolean;
  /** `G: pending Floor Revoke`: it was too long, and is cut off at the end of grace. */
  readonly revokedAtMs?: number;
}

export interface Floor {
  readonly participants: ReadonlyMap<string, Participant>;
  readonly talk: Talk | undefined;
  /** In the order in which they are granted. */
  readonly queue: readonly Waiting[];
  /** Whose media was refused, with the burst it was told so about: once each. */
  readonly refused: ReadonlyMap<string, string>;
}

export const emptyFloor: Floor = { participants: new Map(), talk: undefined, queue: [], refused: new Map() };

/** The group's state as TS 24.380 §6.3.4 names it. */
export function stateOf({ talk }: Floor): 'floor-idle' | 'floor-taken' | 'pending-floor-revoke' {
  if (talk === undefined) return 'floor-idle';
  return talk.revokedAtMs === undefined ? 'floor-taken' : 'pending-floor-revoke';
}

/** What a participant does, or its link. `talkId` is the phone's own name for a press, the same on every repeat. */
export type FloorInput =
  | { readonly kind: 'join'; readonly participant: Participant }
  | { readonly kind: 'leave'; readonly participantId: string }
  | { readonly kind: 'request'; readonly participantId: string; readonly talkId: string; readonly isEmergency: boolean }
  | { readonly kind: 'release'; readonly participantId: string; readonly talkId: string }
  | { readonly kind: 'media'; readonly participantId: string; readonly talkId: string }
  | { readonly kind: 'clock' };

/** Floor Deny, §8.2.6.2; its number stands in the voice protocol. */
export type DenyCause = 'receive-only' | 'queue-full';
/** Floor Revoke, §8.2.10.2. */
export type RevokeCause = 'media-burst-too-long' | 'no-permission' | 'media-burst-pre-empted';

/** What the floor says. */
export type FloorMessage =
  /** The talker: speak; for so long at most; so many hear it. */
  | {
      readonly kind: 'granted';
      readonly talkId: string;
      readonly isEmergency: boolean;
      readonly forMs: number;
      readonly listeners: number;
    }
  | { readonly kind: 'taken'; readonly talkId: string; readonly by: string; readonly isEmergency: boolean }
  | { readonly kind: 'deny'; readonly talkId: string; readonly cause: DenyCause }
  | { readonly kind: 'idle' }
  | { readonly kind: 'revoke'; readonly talkId: string; readonly cause: RevokeCause }
  /** 1 is next. */
  | { readonly kind: 'queue-position'; readonly talkId: string; readonly position: number }
  | { readonly kind: 'ending'; readonly talkId: string; readonly inMs: number };

/** To one participant, or to all but one. */
export type Said = { readonly message: FloorMessage } & (
  { readonly to: string } | { readonly allBut: string | undefined }
);

/** What comes of an input; `relays`: the media that came with it goes to all the others. */
export interface FloorStep {
  readonly floor: Floor;
  readonly said: readonly Said[];
  readonly relays: boolean;
}
