import { Global, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { DeviceCredentialsChanged, PrincipalChanged, SessionEnded } from '@siaga/contracts';
import { AUDITOR, RouteSettings } from '@siaga/service';
import { DeviceProofs } from './device-proofs.ts';
import { LogAuditor } from './log-auditor.ts';
import { LogStanding } from './log-standing.ts';

/**
 * Who may do what, in any service: principals as the log says they are now, proofs of devices, and the audit trail.
 * Import it after `ServiceModule` and `BusModule`.
 */
@Global()
@Module({})
export class IdentityModule implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly settings: RouteSettings,
    private readonly standing: LogStanding,
  ) {}

  static forCities(cities: readonly string[]): DynamicModule {
    return {
      module: IdentityModule,
      providers: [
        {
          provide: LogStanding,
          useFactory: (bus: EventBus) => new LogStanding(bus, cities),
          inject: [EventBus],
        },
        {
          provide: DeviceProofs,
          useFactory: (bus: EventBus) => new DeviceProofs(bus, cities),
          inject: [EventBus],
        },
        { provide: AUDITOR, useFactory: (bus: EventBus) => new LogAuditor(bus), inject: [EventBus] },
      ],
      exports: [LogStanding, DeviceProofs, AUDITOR],
    };
  }

  /** Nobody is let in before it is known who is blocked. */
  async onModuleInit(): Promise<void> {
    const events = [PrincipalChanged, SessionEnded, DeviceCredentialsChanged];
    await Promise.all(this.settings.cities.flatMap((city) => events.map((event) => this.bus.table(event, city).ready)));
    this.settings.believe(this.standing);
  }
}
