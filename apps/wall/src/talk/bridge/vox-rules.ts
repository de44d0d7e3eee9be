/**
 * When a radio on a cable speaks: VOX, as sets of their own do it, with what keeps a bridge from talking to itself. Pure: levels
 * and the time come in, presses and releases go out.
 */

/** How a cable is listened to. */
export interface VoxSettings {
  /** So loud is speech, dBFS. */
  readonly thresholdDb: number;
  /** A click of the squelch is shorter, ms. */
  readonly attackMs: number;
  /** Between two words nobody has stopped, ms. */
  readonly hangMs: number;
  /** Below the talk limit of the air; a carrier that hangs is let go after it, ms. */
  readonly longestMs: number;
  /** After the group was played to the radio, its own tail comes back for so long, ms. */
  readonly guardMs: number;
}

export const usualVox: VoxSettings = { thresholdDb: -40, attackMs: 60, hangMs: 800, longestMs: 28_000, guardMs: 700 };

/** `stuck`: it was too long, and is not taken again before it was silent. */
export type VoxState =
  | { readonly at: 'silent' }
  | { readonly at: 'rising'; readonly sinceMs: number }
  | { readonly at: 'open'; readonly sinceMs: number; readonly loudMs: number }
  | { readonly at: 'stuck'; readonly loudMs: number }
  /** `after`: what it goes back to; a carrier that hangs is not forgotten while the group is heard. */
  | { readonly at: 'guarded'; readonly untilMs: number; readonly after: 'silent' | 'stuck' };

/** A look at the cable and at the air. */
export interface VoxInput {
  readonly nowMs: number;
  readonly levelDb: number;
  /** Somebody else's voice goes out to the radio now. */
  readonly isPlaying: boolean;
}

export interface VoxStep {
  readonly state: VoxState;
  readonly does?: 'press' | 'release';
}

/** What a look makes of the state. */
export function voxStep(state: VoxState, { nowMs, levelDb, isPlaying }: VoxInput, vox: VoxSettings): VoxStep {
  const isLoud = levelDb >= vox.thresholdDb;
  if (isPlaying) {
    const isStuck = state.at === 'stuck' || (state.at === 'guarded' && state.after === 'stuck');
    const guarded = { at: 'guarded', untilMs: nowMs + vox.guardMs, after: isStuck ? 'stuck' : 'silent' } as const;
    return state.at === 'open' ? { state: guarded, does: 'release' } : { state: guarded };
  }
  switch (state.at) {
    case 'guarded':
      if (nowMs < state.untilMs) return { state };
      if (state.after === 'stuck') return { state: { at: 'stuck', loudMs: nowMs } };
      return voxStep({ at: 'silent' }, { nowMs, levelDb, isPlaying }, vox);
    case 'silent':
      return { state: isLoud ? { at: 'rising', sinceMs: nowMs } : state };
    case 'rising':
      if (!isLoud) return { state: { at: 'silent' } };
      if (nowMs - state.sinceMs < vox.attackMs) return { state };
      return { state: { at: 'open', sinceMs: nowMs, loudMs: nowMs }, does: 'press' };
    case 'open':
      if (nowMs - state.sinceMs >= vox.longestMs) return { state: { at: 'stuck', loudMs: nowMs }, does: 'release' };
      if (isLoud) return { state: { ...state, loudMs: nowMs } };
      return nowMs - state.loudMs < vox.hangMs ? { state } : { state: { at: 'silent' }, does: 'release' };
    case 'stuck':
      if (isLoud) return { state: { at: 'stuck', loudMs: nowMs } };
      return { state: nowMs - state.loudMs < vox.hangMs ? state : { at: 'silent' } };
  }
}
