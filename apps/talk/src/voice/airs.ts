import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PerCity, RouteSettings } from '@siaga/service';
import { AirParts } from './air-parts.ts';
import { CityAir } from './city-air.ts';

/** The air of every city. */
@Injectable()
export class Airs implements OnModuleDestroy {
  readonly #airs: PerCity<CityAir>;
  readonly #end: () => void;

  constructor(settings: RouteSettings, parts: AirParts) {
    this.#airs = new PerCity(settings.cities, (city) => new CityAir(city, parts));
    this.#end = parts.groups.onChange((city, groupId) => {
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
