/** Where the phone was, and how sure of it. */
export interface Fix {
  readonly lat: number;
  readonly lng: number;
  readonly accuracyM: number;
  readonly atMs: number;
  /** Absent: the phone does not say. */
  readonly speedKph?: number;
}

/** Why nothing is heard: somebody said no, or the phone does not know. */
export type NoFix = 'refused' | 'unknown';

interface Listener {
  /** `exact`: by satellites, which empties a battery in a shift; `rough`: by what the phone knows anyway. */
  readonly need: 'rough' | 'exact';
  readonly heard: (fix: Fix) => void;
  readonly missed?: (why: NoFix) => void;
}

/** A phone that stands still answers with what it knew so long ago, ms: its radio stays off. */
const OLD_ENOUGH_MS = 10_000;
/** A phone that lies still tells nothing new by itself: who needs it exactly asks at this pace, ms, when nothing came. */
const ASK_EVERY_MS = 10_000;
/** As vague as a place may be told, m. */
const MOST_M = 1_000_000;
const MOST_KPH = 300;

/**
 * The one reader of where this phone is, for all who want to know: one watch, by satellites only while somebody needs it
 * exactly, and none when nobody asks.
 */
export class PhonePosition {
  readonly #geolocation: Geolocation | undefined;
  readonly #listeners = new Set<Listener>();
  #watch: { id: number; isExact: boolean } | undefined;
  #asking: ReturnType<typeof setInterval> | undefined;
  #last: Fix | undefined;

  /** Undefined: a browser without it, or a page by plain http on the network. */
  constructor(geolocation: Geolocation | undefined) {
    this.#geolocation = geolocation;
  }

  get isThere(): boolean {
    return this.#geolocation !== undefined;
  }

  /** Hears of the phone's place until it is ended, beginning with the last one, however old: it says when it was. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#last !== undefined) listener.heard(this.#last);
    this.#adjust();
    return () => {
      this.#listeners.delete(listener);
      this.#adjust();
    };
  }

  #adjust(): void {
    const isExact = [...this.#listeners].some(({ need }) => need === 'exact');
    const isWanted = this.#listeners.size > 0;
    if (this.#watch !== undefined && (!isWanted || this.#watch.isExact !== isExact)) this.#end(this.#watch.id);
    if (this.#geolocation === undefined || !isWanted || this.#watch !== undefined) return;
    const options = { enableHighAccuracy: isExact, maximumAge: OLD_ENOUGH_MS };
    this.#watch = { id: this.#geolocation.watchPosition(this.#hear, this.#miss, options), isExact };
    if (isExact) this.#asking = setInterval(this.#ask, ASK_EVERY_MS);
  }

  #end(watchId: number): void {
    this.#geolocation?.clearWatch(watchId);
    clearInterval(this.#asking);
    this.#watch = undefined;
    // what was known before nobody asked is where the phone was then
    if (this.#listeners.size === 0) this.#last = undefined;
  }

  readonly #ask = () => {
    if (this.#last !== undefined && Date.now() - this.#last.atMs < ASK_EVERY_MS) return;
    // one that is not told in time is told next time
    const options = { enableHighAccuracy: true, maximumAge: 0, timeout: ASK_EVERY_MS };
    this.#geolocation?.getCurrentPosition(this.#hear, () => undefined, options);
  };

  readonly #hear = ({ coords, timestamp: atMs }: GeolocationPosition) => {
    const { latitude: lat, longitude: lng, accuracy, speed } = coords;
    const fix: Fix = {
      ...{ lat, lng, atMs, accuracyM: Math.min(MOST_M, accuracy) },
      ...(speed !== null && { speedKph: Math.min(MOST_KPH, speed * 3.6) }),
    };
    this.#last = fix;
    for (const { heard } of this.#listeners) heard(fix);
  };

  readonly #miss = ({ code, PERMISSION_DENIED }: GeolocationPositionError) => {
    for (const { missed } of this.#listeners) missed?.(code === PERMISSION_DENIED ? 'refused' : 'unknown');
  };
}

/** This phone's. */
export const phonePosition = new PhonePosition('geolocation' in navigator ? navigator.geolocation : undefined);

/** The first fix of those to come that is fresh and exact enough; undefined where none is within the time. */
export function fixWithin(
  position: PhonePosition,
  { freshMs, mostM, withinMs }: { freshMs: number; mostM: number; withinMs: number },
): Promise<Fix | undefined> {
  const { promise, resolve } = Promise.withResolvers<Fix | undefined>();
  if (!position.isThere) return Promise.resolve(undefined);
  const timer = setTimeout(resolve, withinMs, undefined);
  const end = position.watch({
    need: 'exact',
    heard: (fix) => {
      if (fix.accuracyM <= mostM && Date.now() - fix.atMs <= freshMs) resolve(fix);
    },
    missed: (why) => {
      if (why === 'refused') resolve(undefined);
    },
  });
  return promise.finally(() => {
    clearTimeout(timer);
    end();
  });
}
