import { Inject, Injectable } from '@nestjs/common';
import { EVENT_LOG, EventBus, topicOf, type EventLog } from '@siaga/bus';
import { cloudEventHeaders, Fault, TruckMoved, wasteFixes } from '@siaga/contracts';
import { createLogger, currentContext } from '@siaga/service';
import { until } from '../until.ts';
import { FixesStore } from './fixes.store.ts';
import { HistoryProjection } from './history.projection.ts';
import { MarkerProjection } from './marker.projection.ts';
import { MarkersStore } from './markers.store.ts';

const log = createLogger('track-clearing');

/** Who writes down what is in the log of a city: the consumer groups of every waste process together. */
const groupsOf = (city: string) =>
  [HistoryProjection, MarkerProjection].map(({ name }) => `${city}.waste.${name}.recorded`);

/** Takes simulated tracks and markers out of log, documents and screens. */
@Injectable()
export class TrackClearing {
  constructor(
    private readonly fixes: FixesStore,
    private readonly markers: MarkersStore,
    private readonly bus: EventBus,
    @Inject(EVENT_LOG) private readonly events: EventLog,
  ) {}

  /** Resolves once markers and history have all that is in the log now (nothing of it is written later), or nobody waits any more. */
  async projected(signal: AbortSignal): Promise<void> {
    const { city } = currentContext();
    const topic = topicOf(city, wasteFixes);
    const { partitions } = await this.events.ends(topic);
    await until(async () => {
      const done = await Promise.all(groupsOf(city).map((group) => this.events.positions(group, topic)));
      return partitions.every(
        ({ partition, first, next }) =>
          first === next || done.every((positions) => (positions.get(partition) ?? 0) >= next),
      );
    }, signal);
  }

  /** Answers how many fixes are gone from history. */
  async clear(): Promise<number> {
    await this.#purgeLog();
    for (const truckId of await this.markers.exercises()) await this.bus.retract(TruckMoved, truckId);
    await this.markers.removeExercises();
    return this.fixes.removeExercises();
  }

  /** The embedded log can take records out; Kafka lets them go after `keepForDays`. */
  async #purgeLog(): Promise<void> {
    const topic = topicOf(currentContext().city, wasteFixes);
    try {
      await this.events.purge(topic, ({ headers }) => headers[cloudEventHeaders.exercise] === 'true');
    } catch (error) {
      if (!(error instanceof Fault && error.kind === 'unavailable')) throw error;
      log.warn({ err: error }, 'simulated fixes stay in the log until they are too old');
    }
  }
}
