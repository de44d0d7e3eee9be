import { Module, type DynamicModule } from '@nestjs/common';
import { BusModule, type EventLog } from '@siaga/bus';
import { IdentityModule } from '@siaga/identity';
import { ServiceModule, start, type RunningService } from '@siaga/service';
import { StoreModule } from '@siaga/store';
import type { IdentityConfig } from './config.ts';
import { devices } from './devices/device-document.ts';
import { DevicesController } from './devices/devices.controller.ts';
import { DevicesStore } from './devices/devices.store.ts';
import { PeopleStore } from './people/people.store.ts';
import { people } from './people/person-document.ts';
import { screens } from './screens/screen-document.ts';
import { AccessTokens } from './sessions/access-tokens.ts';
import { Endings } from './sessions/endings.ts';
import { Holders } from './sessions/holders.ts';
import { Passwords } from './sessions/passwords.ts';
import { PersonPasswords } from './sessions/person-passwords.ts';
import { Refreshes } from './sessions/refreshes.ts';
import { sessions } from './sessions/session-document.ts';
import { SessionController } from './sessions/session.controller.ts';
import { SessionsStore } from './sessions/sessions.store.ts';
import { SignInController } from './sessions/sign-in.controller.ts';
import { SignIns } from './sessions/sign-ins.ts';
import { SignedIn } from './sessions/signed-in.ts';
import { Trail } from './sessions/trail.ts';
import { SetupController } from './setup.controller.ts';

/** Who may do what: people and their sessions, screens, devices, and the audit trail of one city. */
@Module({
  controllers: [DevicesController, SessionController, SetupController, SignInController],
  providers: [
    DevicesStore,
    Endings,
    Holders,
    Passwords,
    PeopleStore,
    PersonPasswords,
    Refreshes,
    SessionsStore,
    SignedIn,
    SignIns,
    Trail,
  ],
})
export class IdentityServiceModule {
  static for(config: IdentityConfig, log: EventLog): DynamicModule {
    const { SIAGA_CITY: city, SIAGA_SECRET: secrets, SIAGA_LOCAL_OPERATOR: localOperator, MONGODB_URI: uri } = config;
    const { CALLS_PER_SECOND: callsPerSecond } = config;
    return {
      module: IdentityServiceModule,
      providers: [{ provide: AccessTokens, useValue: new AccessTokens(secrets) }],
      imports: [
        ServiceModule.for({ city, secrets, localOperator, callsPerSecond }),
        BusModule.forCities([city], { app: 'identity', log }),
        StoreModule.forCities([city], { app: 'identity', uri, collections: [people, screens, sessions, devices] }),
        IdentityModule.forCity(city),
      ],
    };
  }
}

/** Starts the service on a log, which is closed with it. */
export function startIdentity(config: IdentityConfig, log: EventLog): Promise<RunningService> {
  return start(IdentityServiceModule.for(config, log), {
    name: 'identity',
    host: config.HOST,
    port: config.PORT,
    // never the public's door: who speaks for others on a private network is a gateway
    trustedProxies: ['loopback', 'linklocal', 'uniquelocal'],
  });
}
