import { VOICE_FRAME_MS, VOICE_RATE } from '@siaga/contracts';

const FRAME_BYTES = (VOICE_RATE / 1000) * VOICE_FRAME_MS * 2;

/**
 * PCM of 16 bit, little-endian, one channel, in a RIFF/WAVE file; a packet that never arrived is silent. Its title is its own, so
 * that no two files are the same bytes.
 */
export function wavPcm(packets: readonly (Uint8Array | undefined)[], title: string): Buffer {
  const sound = Buffer.alloc(packets.length * FRAME_BYTES);
  packets.forEach((packet, at) => {
    if (packet !== undefined) sound.set(packet.subarray(0, FRAME_BYTES), at * FRAME_BYTES);
  });
  const info = infoOf(title);
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + sound.length + info.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(VOICE_RATE, 24);
  header.writeUInt32LE(VOICE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(sound.length, 40);
  return Buffer.concat([header, sound, info]);
}

/** A LIST chunk of kind INFO with the name of the file. */
function infoOf(title: string): Buffer {
  const name = Buffer.from(title.length % 2 === 0 ? `${title}\0\0` : `${title}\0`);
  const info = Buffer.alloc(20);
  info.write('LIST');
  info.writeUInt32LE(12 + name.length, 4);
  info.write('INFOINAM', 8);
  info.writeUInt32LE(name.length, 16);
  return Buffer.concat([info, name]);
}
