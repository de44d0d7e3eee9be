import { Injectable } from '@nestjs/common';
import { currentContext } from '@siaga/service';
import { OpenMaps } from '@siaga/streets';
import { Positions } from '../units/positions.ts';
import { UnitsStore } from '../units/units.store.ts';
import { CityStage, type Flagged } from './drill.ts';
import type { City, Need } from './suggestion.ts';

/** What could be sent now, where it is, and how long it needs. */
@Injectable()
export class UnitsAtHand {
  constructor(
    private readonly units: UnitsStore,
    private readonly positions: Positions,
    private readonly stage: CityStage,
    private readonly maps: OpenMaps,
  ) {}

  /** Only units that may go there: simulated ones and real ones stay apart. */
  async for(need: Need & Flagged): Promise<City> {
    const units = (await this.units.all()).filter((unit) => this.stage.fits(unit, need));
    const positionOf = (unitId: string) => this.positions.of(unitId);
    if (need.place === undefined) return { units, positionOf };
    const map = await this.maps.of(currentContext().city);
    return { units, positionOf, travel: map?.roads.to(need.place) };
  }
}
