import { Global, Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.ts';
import { CityRecords, readCities } from './city-records.ts';
import { servedCities, type ServiceConfig } from './config.ts';
import { Health } from './health.ts';
import { RouteSettings, type DoorSettings } from './route-settings.ts';

/** What a process must know of who comes, and of the cities it serves. */
export type ServiceSettings = DoorSettings & {
  /** Beyond those this build knows. */
  further?: ConstructorParameters<typeof CityRecords>[0];
};

/** The same, as the environment says it. Throws a sentence when the file of cities cannot be read. */
export const serviceSettings = (config: ServiceConfig): ServiceSettings => ({
  cities: servedCities(config),
  further: readCities(config.SIAGA_CITIES_FILE),
  secrets: config.SIAGA_SECRET,
  localOperator: config.SIAGA_LOCAL_OPERATOR,
  callsPerSecond: config.CALLS_PER_SECOND,
});

/** What every process has: health, metrics, and routes that know their city. */
@Global()
@Module({})
export class ServiceModule {
  static for(settings: ServiceSettings): DynamicModule {
    return {
      module: ServiceModule,
      controllers: [HealthController],
      providers: [
        Health,
        { provide: RouteSettings, useValue: new RouteSettings(settings) },
        { provide: CityRecords, useValue: new CityRecords(settings.further) },
      ],
      exports: [CityRecords, Health, RouteSettings],
    };
  }
}
