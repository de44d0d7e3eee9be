/** `latest`: only the newest value of each key counts. `every`: each event counts once, in order of its key. */
export type Delivery = 'latest' | 'every';

/** A named log of events. On the wire it is the topic `<city>.<name>`. */
export interface Stream<D extends Delivery = Delivery> {
  readonly name: string;
  readonly delivery: D;
  readonly partitions: number;
  /** `every`: older events are deleted. `latest`: a key not renewed for so long may be dropped. */
  readonly keepForDays: number;
  /** Raw data: a screen gets it only when it names the stream. */
  readonly onRequest: boolean;
}

/**
 * Declares a stream. Delivery is decided here and nowhere else. A `latest` stream carries exactly one event type
 * (two under one key would erase each other); the catalogue's test holds that.
 */
export function defineStream<const D extends Delivery>(stream: {
  name: string;
  delivery: D;
  partitions?: number;
  keepForDays: number;
  onRequest?: boolean;
}): Stream<D> {
  return Object.freeze({ partitions: 1, onRequest: false, ...stream });
}
