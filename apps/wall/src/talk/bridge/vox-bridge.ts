import { levelDbOf } from '../speak/speech-level.ts';
import type { Air } from '../air.ts';
import type { SerialPtt } from './serial-ptt.ts';
import { voxStep, type VoxSettings, type VoxState } from './vox-rules.ts';

/** So soon a set that still speaks asks again for a floor it did not get. */
const AGAIN_MS = 1000;
/** The line that keys the set is looked at so often, whatever the sound card does. */
const KEY_MS = 100;
/** Nothing came from the sound card for so long: it is gone, and nobody knows what the set is sent. */
const CARD_GONE_MS = 500;
/** A frequency is shared: a burst of the group is no longer, and no key either. */
const LONGEST_KEYED_MS = 35_000;

/** One analogue set as one member of one group: it is pressed for when it speaks, and keyed when the group does. */
export class VoxBridge {
  readonly groupId: string;
  readonly #vox: VoxSettings;
  readonly #listeners = new Set<() => void>();
  #air: Air | undefined;
  #ptt: SerialPtt | undefined;
  #state: VoxState = { at: 'silent' };
  #pressedMs = -Infinity;
  #heardMs = -Infinity;
  #keying: ReturnType<typeof setInterval> | undefined;
  #keyedMs: number | undefined;

  constructor(groupId: string, vox: VoxSettings) {
    this.groupId = groupId;
    this.#vox = vox;
  }

  readonly get = (): VoxState['at'] => this.#state.at;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  begin(air: Air): void {
    this.#air = air;
    air.line.join(this.groupId);
  }

  /** A line that keys the set; without one its own VOX has to. */
  keyWith(ptt: SerialPtt): void {
    this.#ptt = ptt;
    clearInterval(this.#keying);
    this.#keying = setInterval(() => {
      this.#key(performance.now());
    }, KEY_MS);
  }

  /** The set is let go whatever was under way. */
  close(): void {
    clearInterval(this.#keying);
    this.#ptt?.close();
    this.#ptt = undefined;
  }

  /** 20 ms of what the set gives. */
  heard(block: Float32Array): void {
    const air = this.#air;
    if (air === undefined) return;
    const { isPlaying } = air;
    const nowMs = performance.now();
    this.#heardMs = nowMs;
    const look = { nowMs, levelDb: levelDbOf(block), isPlaying };
    const { state, does } = voxStep(this.#state, look, this.#vox);
    const isNews = state.at !== this.#state.at;
    this.#state = state;
    if (does === 'release') air.letGo();
    if (state.at === 'open') this.#press(air, nowMs);
    if (isNews) for (const listener of this.#listeners) listener();
  }

  #key(nowMs: number): void {
    const isCardThere = nowMs - this.#heardMs < CARD_GONE_MS;
    const wanted = this.#air?.isPlaying === true && isCardThere;
    this.#keyedMs = wanted ? (this.#keyedMs ?? nowMs) : undefined;
    this.#ptt?.key(this.#keyedMs !== undefined && nowMs - this.#keyedMs < LONGEST_KEYED_MS);
  }

  /** Asked for again while it speaks: the link may not have been there, or its group. */
  #press(air: Air, nowMs: number): void {
    const { link, groups, press } = air.line.get();
    const isAsked = press !== undefined || nowMs - this.#pressedMs < AGAIN_MS;
    if (isAsked || link !== 'open' || groups.get(this.groupId)?.isIn !== true) return;
    this.#pressedMs = nowMs;
    air.press(this.groupId, { isEmergency: false });
  }
}
