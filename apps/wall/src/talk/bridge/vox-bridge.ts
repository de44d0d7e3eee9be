import { levelDbOf } from '../speak/speech-level.ts';
import type { Air } from '../air.ts';
import type { SerialPtt } from './serial-ptt.ts';
import { voxStep, type VoxSettings, type VoxState } from './vox-rules.ts';

/** So soon a set that still speaks asks again for a floor it did not get. */
const AGAIN_MS = 1000;

/** One analogue set as one member of one group: it is pressed for when it speaks, and keyed when the group does. */
export class VoxBridge {
  readonly #groupId: string;
  readonly #vox: VoxSettings;
  readonly #listeners = new Set<() => void>();
  #air: Air | undefined;
  #ptt: SerialPtt | undefined;
  #state: VoxState = { at: 'silent' };
  #pressedMs = -Infinity;

  constructor(groupId: string, vox: VoxSettings) {
    this.#groupId = groupId;
    this.#vox = vox;
  }

  readonly get = (): VoxState['at'] => this.#state.at;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  begin(air: Air): void {
    this.#air = air;
    air.line.join(this.#groupId);
  }

  /** A line that keys the set; without one its own VOX has to. */
  keyWith(ptt: SerialPtt | undefined): void {
    this.#ptt = ptt;
  }

  /** 20 ms of what the set gives. */
  heard(block: Float32Array): void {
    const air = this.#air;
    if (air === undefined) return;
    const { isPlaying } = air;
    this.#ptt?.key(isPlaying);
    const look = { nowMs: performance.now(), levelDb: levelDbOf(block), isPlaying };
    const { state, does } = voxStep(this.#state, look, this.#vox);
    const isNews = state.at !== this.#state.at;
    this.#state = state;
    if (does === 'release') air.letGo();
    if (state.at === 'open') this.#press(air, look.nowMs);
    if (isNews) for (const listener of this.#listeners) listener();
  }

  /** Asked for again while it speaks: the link may not have been there, or its group. */
  #press(air: Air, nowMs: number): void {
    const { link, groups, press } = air.line.get();
    const isAsked = press !== undefined || nowMs - this.#pressedMs < AGAIN_MS;
    if (isAsked || link !== 'open' || groups.get(this.#groupId)?.isIn !== true) return;
    this.#pressedMs = nowMs;
    air.press(this.#groupId, { isEmergency: false });
  }
}
