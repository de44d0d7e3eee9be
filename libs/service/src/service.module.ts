import { Global, Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.ts';
import { Health } from './health.ts';
import { RouteSettings, type DoorSettings } from './route-settings.ts';

/** What every process has: health, metrics, and routes that know their city. */
@Global()
@Module({})
export class ServiceModule {
  static for(settings: DoorSettings): DynamicModule {
    return {
      module: ServiceModule,
      controllers: [HealthController],
      providers: [Health, { provide: RouteSettings, useValue: new RouteSettings(settings) }],
      exports: [Health, RouteSettings],
    };
  }
}
