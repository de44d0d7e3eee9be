import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { IncidentChanged } from '@siaga/contracts';
import { PerCity, RouteSettings } from '@siaga/service';
import { groupOf, standingGroups, type Group } from './group-rules.ts';

/** The groups of every city: agencies and all-call always, an incident's from its opening to its end. */
@Injectable()
export class Groups implements OnModuleInit, OnModuleDestroy {
  readonly #incidents: PerCity<Table<IncidentChanged>>;
  readonly #listeners = new Set<(city: string, groupId: string) => void>();
  readonly #ends: (() => void)[] = [];

  constructor(
    bus: EventBus,
    private readonly settings: RouteSettings,
  ) {
    this.#incidents = new PerCity(settings.cities, (city) => bus.table(IncidentChanged, city));
  }

  async onModuleInit(): Promise<void> {
    for (const city of this.settings.cities) {
      const incidents = this.#incidents.of(city);
      await incidents.ready;
      this.#ends.push(
        incidents.onChange((incidentId) => {
          for (const listener of this.#listeners) listener(city, incidentId);
        }),
      );
    }
  }

  onModuleDestroy(): void {
    for (const end of this.#ends) end();
  }

  /** All of a city. */
  of(city: string): Group[] {
    const ofIncidents = [...this.#incidents.of(city).values()].flatMap((incident) => groupOf(incident) ?? []);
    return [...standingGroups, ...ofIncidents];
  }

  find(city: string, groupId: string): Group | undefined {
    const incident = this.#incidents.of(city).get(groupId);
    if (incident !== undefined) return groupOf(incident);
    return standingGroups.find((group) => group.groupId === groupId);
  }

  /** Told when a group of an incident may have opened, closed, or got other people. */
  onChange(listener: (city: string, groupId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
