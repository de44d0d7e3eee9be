import { EventBus } from '@siaga/bus';
import { Injectable } from '@nestjs/common';
import { TalkFloorChanged } from '@siaga/contracts';
import { createLogger, PerCity, RouteSettings, serviceContext, withContext } from '@siaga/service';
import { floorTimers } from '../floor/floor.ts';
import type { GroupRoom } from '../voice/group-room.ts';
import type { Group } from './group-rules.ts';

const log = createLogger('floors');

/** A burst with its grace is no longer. */
const LONGEST_MS = floorTimers.stopTalkingMs + floorTimers.graceMs;

/** Tells every screen who has the floor: the newest of each group, one at a time; what is overtaken is not told. */
@Injectable()
export class FloorBoard {
  readonly #waiting = new Map<string, { floor: TalkFloorChanged; exercise: boolean }>();
  readonly #sending = new Map<string, Promise<void>>();
  readonly #versions: PerCity<Map<string, number>>;

  constructor(
    private readonly bus: EventBus,
    settings: RouteSettings,
  ) {
    this.#versions = new PerCity(settings.cities, () => new Map<string, number>());
  }

  show(city: string, group: Group, room: Pick<GroupRoom, 'members' | 'burst'>): void {
    const { groupId, name, agencies } = group;
    const { burst } = room;
    const atMs = Math.max(Date.now(), (this.#versions.of(city).get(groupId) ?? 0) + 1);
    this.#versions.of(city).set(groupId, atMs);
    const talk = burst && {
      ...{ recordingId: burst.recordingId, principalId: burst.talker.principalId, isEmergency: burst.isEmergency },
      ...{ sinceMs: burst.atMs, untilMs: burst.atMs + LONGEST_MS },
    };
    const floor = { groupId, name, agencies: [...agencies], participants: room.members.length, atMs };
    const place = `${city} ${groupId}`;
    const exercise = burst?.talker.exercise === true;
    this.#waiting.set(place, { floor: talk === undefined ? floor : { ...floor, talk }, exercise });
    if (!this.#sending.has(place))
      this.#sending.set(
        place,
        this.#send(city, place).finally(() => this.#sending.delete(place)),
      );
  }

  /** Resolves when all that was shown is told, or could not be. */
  async told(): Promise<void> {
    await Promise.all(this.#sending.values());
  }

  async #send(city: string, name: string): Promise<void> {
    try {
      for (let next = this.#waiting.get(name); next !== undefined; next = this.#waiting.get(name)) {
        const { floor, exercise } = next;
        this.#waiting.delete(name);
        await withContext(serviceContext(city, { exercise }), () => this.bus.publish(TalkFloorChanged, floor));
      }
    } catch (error) {
      log.warn({ err: error, group: name }, 'who has the floor was not told; what comes next says it');
    }
  }
}
