/** One value of loudness for so much sound, ms. */
const STEP_MS = 5;
/** Louder than this part of the loudest is a syllable; a codec's noise is below it. */
const SYLLABLE = 0.2;
/** Catching up moves the first syllable by so much against the whole, ms; further, and it would be the next one. */
const FIRST_SHIFT_MS = 100;
/** And each one by so much against the one before it, ms. */
const SHIFT_MS = 40;
/** As much of a syllable must be there: what is cut from it by 20 ms is already less. */
const ENOUGH = 0.85;

/** What came out against what went in. */
export interface Comparison {
  /** Where in what was heard the clip begins, ms. */
  readonly atMs: number;
  /** Likeness of the two courses of loudness there, −1 to 1. */
  readonly likeness: number;
  /** Of each syllable, in its order, the part that was heard: 0 to 1. */
  readonly syllables: readonly number[];
  /** All of them were, the first too. */
  readonly isWhole: boolean;
}

/** Finds a clip in what was heard, by its loudness over time: pitch and phase a codec may change, syllables it must not. */
export function compare(clip: Float32Array, heard: Float32Array, rateHz: number): Comparison {
  const [said, came] = [loudnessOf(clip, rateHz), loudnessOf(heard, rateHz)];
  let best = { at: 0, likeness: -1 };
  // a clipped beginning would lie before what was heard
  const before = Math.round(500 / STEP_MS);
  for (let at = -before; at < came.length; at += 1) {
    const likeness = likenessOf(said, sliceOf(came, at, said.length));
    if (likeness > best.likeness) best = { at, likeness };
  }
  const loudest = Math.max(...sliceOf(came, best.at, said.length));
  const gain = loudest / Math.max(...said, Number.EPSILON);
  const place = { at: best.at, reachMs: FIRST_SHIFT_MS };
  const syllables = syllablesOf(said).map(([from, to]) => {
    const wanted = said.slice(from, to);
    const steps = place.reachMs / STEP_MS;
    let found = { part: 0, at: place.at };
    for (let at = place.at - steps; at <= place.at + steps; at += 1) {
      const part = partOf(wanted, sliceOf(came, at + from, to - from), gain);
      if (part > found.part) found = { part, at };
    }
    // where one is missing, the next is where it would have been
    if (found.part >= ENOUGH) place.at = found.at;
    place.reachMs = SHIFT_MS;
    return found.part;
  });
  return { atMs: best.at * STEP_MS, likeness: best.likeness, syllables, isWhole: syllables.every((part) => part >= ENOUGH) }; // prettier-ignore
}

function loudnessOf(samples: Float32Array, rateHz: number): number[] {
  const size = Math.round((rateHz * STEP_MS) / 1000);
  return Array.from({ length: Math.floor(samples.length / size) }, (_, step) => {
    const piece = samples.subarray(step * size, (step + 1) * size);
    return Math.sqrt(piece.reduce((sum, sample) => sum + sample * sample, 0) / size);
  });
}

function sliceOf(values: readonly number[], from: number, length: number): number[] {
  return Array.from({ length }, (_, at) => values[from + at] ?? 0);
}

function likenessOf(one: readonly number[], other: readonly number[]): number {
  const [oneMean, otherMean] = [mean(one), mean(other)];
  let [both, ones, others] = [0, 0, 0];
  one.forEach((value, at) => {
    const [here, there] = [value - oneMean, (other[at] ?? 0) - otherMean];
    both += here * there;
    ones += here * here;
    others += there * there;
  });
  return ones === 0 || others === 0 ? 0 : both / Math.sqrt(ones * others);
}

/** How much of each moment of it is there; louder than it was counts no more than all. */
function partOf(wanted: readonly number[], came: readonly number[], gain: number): number {
  const parts = wanted.map((value, at) => Math.min(1, (came[at] ?? 0) / Math.max(value * gain * 0.7, Number.EPSILON)));
  return mean(parts);
}

function syllablesOf(said: readonly number[]): [from: number, to: number][] {
  const least = Math.max(...said) * SYLLABLE;
  const found: [number, number][] = [];
  let from: number | undefined;
  [...said, 0].forEach((value, at) => {
    if (value > least) from ??= at;
    else if (from !== undefined) {
      found.push([from, at]);
      from = undefined;
    }
  });
  return found;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
