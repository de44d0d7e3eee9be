import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { CityBegan } from '@siaga/contracts';
import { currentContext, PerCity, RouteSettings } from '@siaga/service';

/** Of what may be simulated. */
export interface Flagged {
  readonly exercise: boolean;
}

/** Whether a city still tries things out: then simulated units go to what people open there. */
@Injectable()
export class CityStage implements OnModuleInit {
  readonly #began: PerCity<Table<CityBegan>>;

  constructor(bus: EventBus, { cities }: RouteSettings) {
    this.#began = new PerCity(cities, (city) => bus.table(CityBegan, city));
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([...this.#began.values()].map(({ ready }) => ready));
  }

  /** May this unit be on this incident, in the city of the context as it is now? */
  fits(unit: Flagged, incident: Flagged): boolean {
    return goTogether(unit, incident, this.#began.here.get(currentContext().city)?.atMs);
  }
}

/**
 * What is simulated and what is real stay apart: nobody drives to a drill that he takes for real, nobody waits for an
 * ambulance that does not exist. Only a city that has not begun in earnest (`beganAtMs`) tries simulated units on real calls.
 */
export const goTogether = (unit: Flagged, incident: Flagged, beganAtMs: number | undefined): boolean =>
  unit.exercise === incident.exercise || (unit.exercise && beganAtMs === undefined);
