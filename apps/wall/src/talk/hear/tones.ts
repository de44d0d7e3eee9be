import type { Tone } from '../line/line-state.ts';

/** Hz and s of each note; 0 Hz is a rest. Each is told apart with the eyes elsewhere, in the rain. */
const notes: Readonly<Record<Tone, readonly (readonly [hz: number, seconds: number])[]>> = {
  // speak: short, up
  permit: [[880, 0.05], [1320, 0.07]],
  // not now: low, three times
  busy: [[420, 0.12], [0, 0.06], [420, 0.12], [0, 0.06], [420, 0.12]],
  // whoever talked has let go
  end: [[700, 0.05]],
  // stored: soft, down
  sent: [[1050, 0.04], [0, 0.03], [780, 0.06]],
  // danger to life: a siren of two notes
  alert: [[988, 0.16], [740, 0.16], [988, 0.16], [740, 0.16], [988, 0.16], [740, 0.16]],
}; // prettier-ignore
const LOUDNESS = 0.2;
/** A slope at each end, or it clicks, s. */
const SLOPE_S = 0.008;

/** Sounds one now; nothing where the browser still holds the page silent. */
export function sound(context: AudioContext, tone: Tone): void {
  if (context.state !== 'running') return;
  let atS = context.currentTime;
  for (const [hz, lastsS] of notes[tone]) {
    if (hz > 0) note(context, { hz, atS, lastsS });
    atS += lastsS;
  }
}

function note(context: AudioContext, { hz, atS, lastsS }: { hz: number; atS: number; lastsS: number }): void {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.frequency.value = hz;
  volume.gain.setValueAtTime(0, atS);
  volume.gain.linearRampToValueAtTime(LOUDNESS, atS + SLOPE_S);
  volume.gain.setValueAtTime(LOUDNESS, atS + lastsS - SLOPE_S);
  volume.gain.linearRampToValueAtTime(0, atS + lastsS);
  source.connect(volume).connect(context.destination);
  source.start(atS);
  source.stop(atS + lastsS);
}
