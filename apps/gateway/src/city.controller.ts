import { Controller, Inject } from '@nestjs/common';
import { cities, Fault, GetCity, type AnswerOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { GatewayConfig } from './config.ts';

export const CONFIG = Symbol('siaga:gateway-config');

/** What a screen asks before it draws. */
@Controller()
export class CityController {
  constructor(@Inject(CONFIG) private readonly config: GatewayConfig) {}

  @Route(GetCity)
  city(): AnswerOf<typeof GetCity> {
    const { SIAGA_CITY, SIAGA_SIMULATOR, SIAGA_DEVICE_ADDRESSES, MAP_STYLE_URL, MAP_PMTILES } = this.config;
    const city = cities[SIAGA_CITY];
    if (city === undefined) throw new Fault('not-found', `this build knows no city ${SIAGA_CITY}`);
    return {
      city,
      simulator: SIAGA_SIMULATOR,
      deviceAddresses: SIAGA_DEVICE_ADDRESSES,
      mapPmtiles: MAP_PMTILES !== undefined,
      ...(MAP_STYLE_URL === undefined ? {} : { mapStyleUrl: MAP_STYLE_URL }),
    };
  }
}
