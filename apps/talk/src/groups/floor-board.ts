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
  readonly #waiting = new Map<string, TalkFloorChanged>();
  readonly #sending = new Set<string>();
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
    this.#waiting.set(`${city} ${groupId}`, talk === undefined ? floor : { ...floor, talk });
    void this.#send(city, groupId);
  }

  async #send(city: string, groupId: string): Promise<void> {
    const name = `${city} ${groupId}`;
    if (this.#sending.has(name)) return;
    this.#sending.add(name);
    try {
      for (let floor = this.#waiting.get(name); floor !== undefined; floor = this.#waiting.get(name)) {
        const shown = floor;
        this.#waiting.delete(name);
        await withContext(serviceContext(city), () => this.bus.publish(TalkFloorChanged, shown));
      }
    } catch (error) {
      log.warn({ err: error, groupId }, 'who has the floor was not told; what comes next says it');
    } finally {
      this.#sending.delete(name);
    }
  }
}
