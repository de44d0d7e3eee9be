import { Global, Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.ts';
import { Health } from './health.ts';
import { RouteSettings } from './route-settings.ts';

/** What every process has: health, metrics, and routes that know their city. */
@Global()
@Module({})
export class ServiceModule {
  static for(settings: { city: string; secret: string | undefined }): DynamicModule {
    return {
      module: ServiceModule,
      controllers: [HealthController],
      providers: [Health, { provide: RouteSettings, useValue: new RouteSettings(settings.city, settings.secret) }],
      exports: [Health, RouteSettings],
    };
  }
}
