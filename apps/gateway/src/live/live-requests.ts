import { Fault, parse, streams, Subscribe, type Stream } from '@siaga/contracts';
import type { Eyes } from './eyes.ts';
import type { Wish } from './live-city.ts';
import { decodePosition } from './position.ts';
import { streamsOnAir } from './streams-on-air.ts';

const byName = new Map<string, Stream>(streams.map((stream) => [stream.name, stream]));
const onAir = new Set<Stream>(streamsOnAir);
const unasked = streamsOnAir.filter((stream) => !stream.onRequest);

/**
 * What a `subscribe` asks for. Without names: every stream but those only given on request; with names: exactly those,
 * of which a stream that is for nobody brings nothing. A position that cannot be read is none, so a snapshot answers it.
 */
export function wishOf(body: unknown, eyes: Eyes): Wish {
  const { streams: names, area, since } = parse(Subscribe, body, 'subscribe');
  const named = names?.map(streamNamed).filter((stream) => onAir.has(stream));
  return {
    streams: new Set(named ?? unasked),
    eyes,
    area: area ?? null,
    since: since === undefined ? undefined : decodePosition(since),
  };
}

function streamNamed(name: string): Stream {
  const stream = byName.get(name);
  if (stream === undefined) throw new Fault('invalid', `there is no stream ${name}`);
  return stream;
}
