import { DistressChanged, EndDistress, Fault, PlaceDistress, RaiseDistress, type Client } from '@siaga/contracts';
import type { Fix, PhonePosition } from '../../field/phone-position.ts';
import { isNews } from './place-rules.ts';

/** A try that has no answer by then has none: a dead network says nothing of itself for minutes. */
const TRY_MS = 5000;
/** A call for help that found no way is tried again after so long. */
const AGAIN_MS = 2000;
/** Where he is, is told at most so often. */
const PLACE_EVERY_MS = 5000;
const KEPT = 'siaga.distress';

/** What became of a call for help. `isUnsent`: at least one try found no way. */
export type Help =
  | { readonly at: 'none'; readonly refused?: unknown }
  | { readonly at: 'calling'; readonly isUnsent: boolean }
  | { readonly at: 'open'; readonly distress: DistressChanged };

/** What is kept until it is over, for the page that comes after a reload. */
interface Kept {
  readonly principalId: string;
  /** Of the press: every try is the same one. */
  readonly key: string;
  readonly groupId?: string | undefined;
  readonly raised?: DistressChanged | undefined;
}

export interface HelpPorts {
  readonly principalId: string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly call: Client;
  readonly position: PhonePosition;
  readonly newKey: () => string;
}

/**
 * An officer's call for help, from the button until it is over: sent until the city has it, however often the page is loaded
 * anew meanwhile, and followed by where he is for as long as he is in danger.
 */
export class CallForHelp {
  readonly #ports: HelpPorts;
  readonly #listeners = new Set<() => void>();
  #help: Help = { at: 'none' };
  #kept: Kept | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #following: { end: () => void; timer: ReturnType<typeof setInterval> } | undefined;
  #newest: Fix | undefined;
  #told: Fix | undefined;
  #isTelling = false;

  constructor(ports: HelpPorts) {
    this.#ports = ports;
  }

  /** Goes on where the page before left off. */
  begin(): void {
    this.#kept = keptBy(this.#ports);
    if (this.#kept?.raised !== undefined) this.heard(this.#kept.raised);
    else if (this.#kept !== undefined) this.#send(this.#kept, false);
  }

  readonly get = (): Help => this.#help;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls for help, once: while it is on its way, or open, another press is the same call. */
  raise(groupId: string | undefined): void {
    if (this.#help.at !== 'none') return;
    const { principalId, newKey } = this.#ports;
    const kept = { principalId, key: newKey(), groupId };
    this.#keep(kept);
    this.#send(kept, false);
  }

  /** What the city says of somebody's: his own counts, the newest of it. */
  heard(distress: DistressChanged): void {
    if (distress.principalId !== this.#ports.principalId) return;
    const open = this.#help.at === 'open' ? this.#help.distress : undefined;
    const isSame = open?.distressId === distress.distressId;
    if (isSame && distress.version < open.version) return;
    if (distress.ended !== undefined) {
      if (isSame) this.#over();
      return;
    }
    this.#keep({ ...(this.#kept ?? { principalId: distress.principalId, key: '' }), raised: distress });
    this.#is({ at: 'open', distress });
    // with an account of a whole post only the phone that pressed says where he is
    if (this.#kept?.key !== '') this.#follow();
  }

  /** It is over; rejects where the city could not be told. */
  async end(reason: string): Promise<void> {
    if (this.#help.at !== 'open') return;
    const { distressId } = this.#help.distress;
    const signal = AbortSignal.timeout(TRY_MS);
    this.heard(await this.#ports.call(EndDistress, { params: { distressId }, body: { reason } }, { signal }));
  }

  /** The page goes: what is kept stays. */
  close(): void {
    clearTimeout(this.#again);
    this.#endFollowing();
  }

  #send({ key, groupId }: Kept, isUnsent: boolean): void {
    this.#is({ at: 'calling', isUnsent });
    const body = groupId === undefined ? {} : { groupId };
    const options = { idempotencyKey: key, signal: AbortSignal.timeout(TRY_MS) };
    this.#ports.call(RaiseDistress, { body }, options).then(
      (distress) => {
        // a repeat that comes after its end finds that
        if (distress.ended === undefined) this.heard(distress);
        else this.#over();
      },
      (error: unknown) => {
        if (this.#kept?.key !== key || this.#kept.raised !== undefined) return;
        if (isFinal(error)) {
          this.#keep(undefined);
          this.#is({ at: 'none', refused: error });
          return;
        }
        this.#is({ at: 'calling', isUnsent: true });
        const kept = this.#kept;
        this.#again = setTimeout(() => {
          this.#send(kept, true);
        }, AGAIN_MS);
      },
    );
  }

  #over(): void {
    clearTimeout(this.#again);
    this.#keep(undefined);
    this.#endFollowing();
    this.#is({ at: 'none' });
  }

  #follow(): void {
    if (this.#following !== undefined) return;
    const end = this.#ports.position.watch({
      need: 'exact',
      heard: (fix) => {
        this.#newest = fix;
        if (this.#told === undefined) void this.#tell();
      },
    });
    this.#following = { end, timer: setInterval(() => void this.#tell(), PLACE_EVERY_MS) };
  }

  #endFollowing(): void {
    if (this.#following === undefined) return;
    this.#following.end();
    clearInterval(this.#following.timer);
    this.#following = undefined;
    this.#told = undefined;
  }

  /** What did not arrive is told with the next look, if it is news by then. */
  async #tell(): Promise<void> {
    const [help, fix] = [this.#help, this.#newest];
    if (help.at !== 'open' || fix === undefined || this.#isTelling || !isNews(this.#told, fix)) return;
    const { distressId } = help.distress;
    const { lat, lng, accuracyM, atMs } = fix;
    this.#isTelling = true;
    try {
      const body = { lat, lng, accuracyM, atMs: Math.round(atMs) };
      const signal = AbortSignal.timeout(TRY_MS);
      const now = await this.#ports.call(PlaceDistress, { params: { distressId }, body }, { signal });
      this.#told = fix;
      this.heard(now);
    } catch (error) {
      if (error instanceof Fault && error.kind === 'conflict') this.#over();
    } finally {
      this.#isTelling = false;
    }
  }

  #keep(kept: Kept | undefined): void {
    this.#kept = kept;
    const { storage } = this.#ports;
    if (kept === undefined) storage.removeItem(KEPT);
    else storage.setItem(KEPT, JSON.stringify(kept));
  }

  #is(help: Help): void {
    this.#help = help;
    for (const listener of this.#listeners) listener();
  }
}

/** The city answered, and no repeat would make it answer otherwise. */
const isFinal = (error: unknown) => error instanceof Fault && !error.retriable && error.kind !== 'unauthenticated';

/** Of somebody else who was signed in on this phone nothing is sent. */
function keptBy({ principalId, storage }: HelpPorts): Kept | undefined {
  try {
    const kept = JSON.parse(storage.getItem(KEPT) ?? 'null') as Kept | null;
    if (kept?.principalId !== principalId) return undefined;
    const raised = DistressChanged.data.safeParse(kept.raised).data;
    return { ...kept, raised };
  } catch {
    return undefined;
  }
}
