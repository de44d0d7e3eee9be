import type { Place, VoiceRequest, VoiceWord } from '@siaga/contracts';

/** How this phone stands with the city's voice. `replaced`: the same browser is on the line in another window. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'replaced';

/** The floor participant's states of TS 24.380 §6.2.4 while a press lasts; without one it "has no permission". */
export type PressState =
  | { readonly at: 'pending-request' }
  | { readonly at: 'queued'; readonly position: number }
  | {
      readonly at: 'has-permission';
      /** What its packets carry. */
      readonly burst: number;
      readonly listeners: number;
      /** The talk limit is this near, ms. */
      readonly endingInMs?: number;
    }
  | { readonly at: 'pending-release' };

/** One press of the button, from the finger's coming to its end. */
export interface Press {
  readonly groupId: string;
  readonly talkId: string;
  readonly isEmergency: boolean;
  readonly state: PressState;
}

type Cause = Extract<VoiceWord, { kind: 'deny' | 'revoke' }>['cause'];

/** How the last press ended, where somebody has to be told. `sent`: the city has stored it. */
export type Outcome =
  | { readonly talkId: string; readonly why: 'sent'; readonly heardMs: number }
  | { readonly talkId: string; readonly why: Cause | Unsaid };

/**
 * Why nobody, or nobody more, hears a press that the city has not refused. `no-microphone`: there was nothing to say it with;
 * `let-go-early`: before the permit; `silent`: nothing came of it for so long that the floor was taken for let go.
 */
type Unsaid = 'link-lost' | 'no-link' | 'no-microphone' | 'let-go-early' | 'silent';

/** Who talks in a group. */
export type Taken = Pick<
  Extract<VoiceWord, { kind: 'taken' }>,
  'burst' | 'by' | 'isEmergency' | 'sinceMs' | 'exercise'
>;

/** A group this phone is in, or is on its way into. */
export interface Membership {
  /** False: the city has not said yet how its floor is. */
  readonly isIn: boolean;
  readonly taken?: Taken;
  /** Why it may not be in it, in the city's words. */
  readonly refused?: string;
}

export interface Line {
  readonly link: LinkState;
  readonly participantId?: string;
  readonly groups: ReadonlyMap<string, Membership>;
  readonly press: Press | undefined;
  /** The newest press, also when it is over: what is told of one before it is no news of this one. */
  readonly newestTalkId?: string;
  readonly outcome: Outcome | undefined;
}

export const emptyLine: Line = { link: 'connecting', groups: new Map(), press: undefined, outcome: undefined };

/** What is heard as a tone. */
export type Tone = 'permit' | 'busy' | 'end' | 'sent' | 'alert';

export type LineInput =
  | { readonly kind: 'word'; readonly word: VoiceWord }
  | { readonly kind: 'join' | 'leave'; readonly groupId: string }
  | {
      readonly kind: 'press';
      readonly groupId: string;
      readonly talkId: string;
      readonly isEmergency: boolean;
      readonly place?: Place | undefined;
    }
  /** A press with no microphone to speak into. */
  | { readonly kind: 'mute'; readonly talkId: string }
  /** What was captured has been sent: the floor is given back. */
  | { readonly kind: 'let-go'; readonly talkId: string }
  | { readonly kind: 'closed'; readonly isReplaced: boolean }
  | { readonly kind: 'connecting' };

/** What comes of an input. */
export interface LineStep {
  readonly line: Line;
  readonly say: readonly VoiceRequest[];
  readonly tones: readonly Tone[];
}

/** The press that is on the air; undefined: nobody hears this phone. */
export function onAir({ link, press }: Line): { burst: number; talkId: string; groupId: string } | undefined {
  if (link !== 'open' || press?.state.at !== 'has-permission') return undefined;
  return { burst: press.state.burst, talkId: press.talkId, groupId: press.groupId };
}
