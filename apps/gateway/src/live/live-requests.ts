import { Fault, parse, streams, Subscribe, type Stream } from '@siaga/contracts';
import type { Principal } from '@siaga/service';
import { maskOf } from './audience.ts';
import type { Wish } from './live-city.ts';
import { decodePosition } from './position.ts';

const byName = new Map<string, Stream>(streams.map((stream) => [stream.name, stream]));
const unasked = streams.filter((stream) => !stream.onRequest);

/**
 * What a `subscribe` asks for. Without names: every stream but those only given on request; with names: exactly those.
 * A position that cannot be read is none, so a snapshot answers it.
 */
export function wishOf(body: unknown, { agencies }: Principal): Wish {
  const { streams: names, area, since } = parse(Subscribe, body, 'subscribe');
  return {
    streams: new Set(names === undefined ? unasked : names.map(streamNamed)),
    audience: maskOf(agencies),
    area: area ?? null,
    since: since === undefined ? undefined : decodePosition(since),
  };
}

function streamNamed(name: string): Stream {
  const stream = byName.get(name);
  if (stream === undefined) throw new Fault('invalid', `there is no stream ${name}`);
  return stream;
}
