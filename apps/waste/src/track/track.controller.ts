import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import { GetTrack, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { TrucksStore } from '../trucks/trucks.store.ts';
import { FixesStore } from './fixes.store.ts';

/** Where a truck has been. Streamed: a month of fixes never lies in memory at once. */
@Controller()
export class TrackController {
  constructor(
    private readonly trucks: TrucksStore,
    private readonly fixes: FixesStore,
  ) {}

  @Route(GetTrack)
  async track({ params: { truckId }, query: { from, to } }: InputOf<typeof GetTrack>) {
    await this.trucks.get(truckId);
    const text = featureCollection(this.fixes.track(truckId, from, to));
    return new StreamableFile(Readable.from(text), { type: 'application/geo+json' });
  }
}

async function* featureCollection(features: AsyncIterable<unknown>): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let separator = '';
  for await (const feature of features) {
    yield separator + JSON.stringify(feature);
    separator = ',';
  }
  yield ']}';
}
