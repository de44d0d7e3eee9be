import { expect, it } from '@jest/globals';
import { decodeVoice, type VoiceFrame } from '@siaga/contracts';
import { assert, integer, property } from 'fast-check';
import { Utterance } from './utterance.ts';

/** 20 ms that can be told from any other. */
const block = (number: number) => new Float32Array(320).fill((number % 1000) / 1000);
const numberIn = ({ payload }: VoiceFrame) =>
  Math.round((new DataView(payload.buffer, payload.byteOffset).getInt16(0, true) / 32_767) * 1000);

function begin() {
  const sent: VoiceFrame[] = [];
  const utterance = new Utterance('pcm', (packet) => {
    const frame = decodeVoice(packet);
    if (frame !== undefined) sent.push(frame);
  });
  return { utterance, sent };
}
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

it('sends all that was said from the press on, in its order, whenever the permit comes, and says where it ends', async () => {
  await Promise.resolve();
  assert(
    property(integer({ min: 0, max: 100 }), integer({ min: 0, max: 200 }), (before, after) => {
      const { utterance, sent } = begin();
      for (let at = 0; at < before; at += 1) utterance.block(block(at));
      expect(sent).toEqual([]);
      utterance.granted(7);
      for (let at = before; at < before + after; at += 1) utterance.block(block(at));
      expect(sent.map(numberIn)).toEqual(upTo(before + after));
      expect(sent.map(({ timeMs }) => timeMs)).toEqual(upTo(before + after).map((at) => at * 20));
    }),
  );
  const { utterance, sent } = begin();
  utterance.block(block(1));
  utterance.granted(7);
  await utterance.end();
  expect(sent.map(({ burst, sequence, isLast }) => [burst, sequence, isLast])).toEqual([[7, 0, false], [7, 1, true]]); // prettier-ignore
});

it('sends nothing without a permit, and not what was said while it waited for its turn', async () => {
  const never = begin();
  never.utterance.block(block(1));
  await never.utterance.end();
  expect(never.sent).toEqual([]);
  const { utterance, sent } = begin();
  for (let at = 0; at < 50; at += 1) utterance.block(block(at));
  utterance.waits();
  for (let at = 50; at < 300; at += 1) utterance.block(block(at));
  utterance.granted(7);
  expect(sent.map(numberIn)).toEqual(upTo(10).map((at) => 290 + at));
  utterance.drop();
  utterance.block(block(300));
  expect(sent).toHaveLength(10);
});
