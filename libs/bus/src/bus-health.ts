import { withinMs, type Health, type HealthReport } from '@siaga/service';
import { deadLetterTopic } from './dead-letters.ts';
import type { EventTransport } from './event-transport.ts';
import type { WatchedLog } from './watched-log.ts';

/** Whoever asks whether we live takes silence for a hang; a log that is away may keep the look waiting for longer. */
const LOOK_WITHIN_MS = 2000;

const STUCK_AFTER_MS = 20_000;

interface WatchedBus {
  log: WatchedLog;
  transport: EventTransport;
  cities: readonly string[];
}

/**
 * Adds what the bus knows of its health: does the log answer (ready), do the handlers and those who follow the log move
 * (live: else a restart helps).
 */
export function watchBus(health: Health, bus: WatchedBus) {
  health.add('event-log', async (city) => {
    const topics = (city === undefined ? bus.cities : [city]).map(deadLetterTopic);
    await bus.log.ensure(topics); // does not ask for topics it knows: the ends are what the log itself must tell
    await Promise.all(topics.map(({ topic }) => bus.log.ends(topic)));
    const storage = await bus.log.storage?.();
    return storage?.full === true
      ? { ok: false, detail: 'disk penuh · the disk is full: nothing new is taken until there is room' }
      : { ok: true };
  });
  health.add('event-handlers', (city) => movement(bus.transport.stuck(STUCK_AFTER_MS), city), { live: true });
  health.add('event-followers', (city) => movement(bus.log.stuckFollowers(STUCK_AFTER_MS), city), { live: true });
}

/** What does not move, by names of groups and topics, which begin with their city. */
async function movement(look: Promise<string[]>, city: string | undefined): Promise<HealthReport> {
  try {
    const found = await withinMs(LOOK_WITHIN_MS, () => look);
    const stuck = city === undefined ? found : found.filter((name) => name.startsWith(`${city}.`));
    if (stuck.length === 0) return { ok: true };
    const names = stuck.join(', ');
    return { ok: false, detail: `tidak maju selama 20 dtk · no progress for 20 s: ${names}` };
  } catch (error) {
    // the log is away: nothing a restart of this process would mend
    return { ok: true, detail: error instanceof Error ? error.message : String(error) };
  }
}
