import { metrics, RateLimit } from '@siaga/service';
import { Counter } from 'prom-client';
import { FrameReader, PINGREQ, SUBSCRIBE, UNSUBSCRIBE } from './frame-reader.ts';

/** Why a connection is cut before a device is asked anything, as administrators read it of a device that proved itself. */
export const cutWords = {
  crowded: 'terlalu banyak sambungan yang belum dikenal · too many connections of nobody known',
  'no-handshake': 'tidak berbicara TLS dalam 10 detik · spoke no TLS within 10 seconds',
  'too-long': 'paket MQTT lebih dari 65.536 byte, sambungan diputus · packet too long, cut off',
  'topic-too-long': 'topik MQTT lebih dari 100 byte, sambungan diputus · topic too long, cut off',
  'idle-talk': 'terlalu banyak ping atau permintaan mendengar, sambungan diputus · too many pings, cut off',
};
export type CutReason = keyof typeof cutWords;

const cut = new Counter({
  name: 'siaga_mqtt_cut_total',
  help: `MQTT connections cut before a device was asked: by reason (${Object.keys(cutWords).join(', ')})`,
  labelNames: ['because'],
  registers: [metrics],
});

/** Counts a connection that is cut. */
export const countCut = (because: CutReason): void => {
  cut.inc({ because });
};

/** Far more than 100 reports need. */
const MOST_BYTES = 65_536;
/** A name, a key, and a last will that is left out. */
const MOST_BYTES_UNPROVEN = 4096;
/** Twice what the topic of the longest name needs. */
const MOST_TOPIC_BYTES = 100;
/** Packets that say nothing: pings and wishes to hear something. A minute's worth at once. */
const IDLE_TALK = { perSecond: 5, burst: 300 };
const idle = new Set([SUBSCRIBE, UNSUBSCRIBE, PINGREQ]);

/** Reads along on one connection, and says why it is to be cut: by the first bytes of a packet, before anybody keeps it. */
export class Listener {
  readonly #frames = new FrameReader(MOST_BYTES);
  readonly #idleTalk = new RateLimit(IDLE_TALK);

  hear(chunk: Uint8Array, { isProven }: { isProven: boolean }): CutReason | undefined {
    const most = isProven ? MOST_BYTES : MOST_BYTES_UNPROVEN;
    for (const { kind, bytes, topicBytes = 0 } of this.#frames.read(chunk)) {
      if (bytes > most) return 'too-long';
      if (topicBytes > MOST_TOPIC_BYTES) return 'topic-too-long';
      if (idle.has(kind) && this.#idleTalk.take('') > 0) return 'idle-talk';
    }
    return undefined;
  }
}
