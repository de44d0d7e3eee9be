import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PerCity, RouteSettings } from '@siaga/service';
import { FloorBoard } from '../groups/floor-board.ts';
import { Groups } from '../groups/groups.ts';
import { BurstRecorder } from '../recordings/burst-recorder.ts';
import { CityAir } from './city-air.ts';

/** The air of every city. */
@Injectable()
export class Airs implements OnModuleDestroy {
  readonly #airs: PerCity<CityAir>;
  readonly #end: () => void;

  constructor(settings: RouteSettings, groups: Groups, recorder: BurstRecorder, board: FloorBoard) {
    this.#airs = new PerCity(settings.cities, (city) => new CityAir(city, { groups, recorder, board }));
    this.#end = groups.onChange((city, groupId) => {
      this.of(city).look(groupId);
    });
  }

  of(city: string): CityAir {
    return this.#airs.of(city);
  }

  all(): readonly [string, CityAir][] {
    return [...this.#airs.entries()];
  }

  onModuleDestroy(): void {
    this.#end();
  }
}
