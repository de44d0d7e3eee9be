import { expect, it } from '@jest/globals';
import { VOICE_FRAME_MS, type VoiceFrame } from '@siaga/contracts';
import { Ear, type HeardWell } from './ear.ts';

const RATE = 16_000;
type ToSpeaker = { over: number } | { burst: number; samples: Float32Array };

/** A speaker that plays what it is brought, 10 ms at a time, and says how far it is. */
class Speaker {
  readonly rateHz = RATE;
  readonly brought = new Map<number, number[]>();
  readonly played = new Map<number, number>();
  readonly over: number[] = [];
  readonly port = {
    postMessage: (sent: ToSpeaker, transfer: Transferable[] | StructuredSerializeOptions = []) => {
      // as a real port: what is transferred is gone from the sender
      const message = structuredClone(sent, Array.isArray(transfer) ? { transfer } : transfer);
      if ('over' in message) this.over.push(message.over);
      else this.brought.set(message.burst, [...(this.brought.get(message.burst) ?? []), ...message.samples]);
    },
  };

  step(): ReadonlyMap<number, number> {
    for (const [burst, samples] of this.brought)
      this.played.set(burst, Math.min(samples.length, (this.played.get(burst) ?? 0) + RATE / 100));
    return this.played;
  }
}

const spoken = (burst: number, sequence: number, isLast = false): VoiceFrame => {
  const payload = new Uint8Array(isLast ? 0 : 640);
  const view = new DataView(payload.buffer);
  for (let at = 0; at < payload.length; at += 2)
    view.setInt16(at, 9000 * Math.sin((2 * Math.PI * 200 * (sequence * 320 + at / 2)) / RATE), true);
  return { burst, sequence, timeMs: sequence * VOICE_FRAME_MS, isLast, codec: 'pcm', payload };
};

it('brings several voices to the speaker at its pace, each without a hole, and says how well they were heard', () => {
  const speaker = new Speaker();
  const ended: HeardWell[] = [];
  const ear = new Ear(speaker, (heard) => ended.push(heard));
  let mostAheadMs = 0;
  for (let tick = 0; ended.length < 2 && tick < 1000; tick += 1) {
    // two packets of each come every 40 ms: a wireless link that gathers
    if (tick % 4 === 0 && tick <= 100)
      for (const burst of [1, 2])
        for (const sequence of [tick / 2, tick / 2 + 1]) ear.hear(spoken(burst, sequence, sequence === 51));
    ear.played(speaker.step());
    for (const [burst, samples] of speaker.brought)
      mostAheadMs = Math.max(mostAheadMs, ((samples.length - (speaker.played.get(burst) ?? 0)) * 1000) / RATE);
  }
  expect(ended).toHaveLength(2);
  for (const heard of ended) expect(heard).toMatchObject({ received: 52, lost: 0, late: 0, repeated: 0 });
  expect(speaker.over.toSorted()).toEqual([1, 2]);
  expect(mostAheadMs).toBeLessThan(80);
  for (const samples of speaker.brought.values()) {
    expect(samples.length).toBeGreaterThanOrEqual(51 * 320 * 0.8);
    const steps = samples.slice(1).map((sample, at) => Math.abs(sample - samples[at]!));
    // a hole or a repeated piece would be a jump; the tone itself moves by 0.022 from one sample to the next
    expect(Math.max(...steps)).toBeLessThan(0.06);
  }
});

it('lets the last sound fade where packets never came', () => {
  const speaker = new Speaker();
  const ended: HeardWell[] = [];
  const ear = new Ear(speaker, (heard) => ended.push(heard));
  for (let tick = 0; ended.length === 0 && tick < 1000; tick += 1) {
    const sequence = tick / 2;
    const isLost = sequence >= 20 && sequence < 24;
    if (tick % 2 === 0 && sequence <= 50 && !isLost) ear.hear(spoken(1, sequence, sequence === 50));
    ear.played(speaker.step());
  }
  expect(ended).toMatchObject([{ received: 47, lost: 4 }]);
  const samples = speaker.brought.get(1) ?? [];
  const loudest = Array.from({ length: Math.floor(samples.length / 320) }, (_, at) =>
    Math.max(...samples.slice(at * 320, (at + 1) * 320).map(Math.abs)),
  );
  const hole = loudest.findIndex((loud, at) => at > 5 && loud < 0.2);
  expect(loudest.slice(hole - 1, hole + 3)).toEqual(loudest.slice(hole - 1, hole + 3).toSorted((a, b) => b - a));
  expect(loudest[hole - 1]).toBeGreaterThan(0);
});
