/** A period of a voice lies between these, s: 400 Hz to 100 Hz. */
const SHORTEST_S = 0.0025;
const LONGEST_S = 0.01;
/** One period goes over into the next within so long, s. */
const BLEND_S = 0.005;
/** Likeness of one period to the next, −1 to 1: below it the cut would be heard. */
const LIKE_ENOUGH = 0.5;
/** Below this nobody speaks: anything may be left out. */
const QUIET = 0.004;

/**
 * The same sound without one period of its voice, so that a listener who is behind catches up unnoticed: after the
 * "accelerate" of WebRTC's NetEq. As it was where no period is like the next.
 */
export function shorten(samples: Float32Array<ArrayBuffer>, rateHz: number): Float32Array<ArrayBuffer> {
  const blend = Math.round(BLEND_S * rateHz);
  const longest = Math.min(Math.round(LONGEST_S * rateHz), samples.length - blend);
  let best = { lag: 0, likeness: LIKE_ENOUGH };
  if (loudness(samples) < QUIET) best = { lag: longest, likeness: 1 };
  else
    for (let lag = Math.round(SHORTEST_S * rateHz); lag <= longest; lag += 1) {
      const likeness = likenessOf(samples, lag, blend);
      if (likeness > best.likeness) best = { lag, likeness };
    }
  const { lag } = best;
  if (lag <= 0) return samples;
  return Float32Array.from({ length: samples.length - lag }, (_, at) => {
    const share = Math.min(1, at / blend);
    return (samples[at] ?? 0) * (1 - share) + (samples[at + lag] ?? 0) * share;
  });
}

function likenessOf(samples: Float32Array, lag: number, length: number): number {
  let both = 0;
  let one = 0;
  let other = 0;
  for (let at = 0; at < length; at += 1) {
    const [here, there] = [samples[at] ?? 0, samples[at + lag] ?? 0];
    both += here * there;
    one += here * here;
    other += there * there;
  }
  return one === 0 || other === 0 ? 0 : both / Math.sqrt(one * other);
}

function loudness(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}
