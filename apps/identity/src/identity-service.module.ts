import { Module, type DynamicModule } from '@nestjs/common';
import { BusModule, type EventLog } from '@siaga/bus';
import { IdentityModule } from '@siaga/identity';
import { ServiceModule, serviceSettings, start, type RunningService } from '@siaga/service';
import { StoreModule } from '@siaga/store';
import { AuditController } from './audit/audit.controller.ts';
import { HeadNote } from './audit/head-note.ts';
import { auditRecords } from './audit/record-document.ts';
import { AuditRecords } from './audit/records.store.ts';
import { Sealer } from './audit/sealer.ts';
import { WhoActed } from './audit/who-acted.store.ts';
import { CityOfVisitor } from './city-of-visitor.ts';
import type { IdentityConfig } from './config.ts';
import { devices } from './devices/device-document.ts';
import { DevicesController } from './devices/devices.controller.ts';
import { DevicesStore } from './devices/devices.store.ts';
import { Acceptances } from './invitations/acceptances.ts';
import { invitations } from './invitations/invitation-document.ts';
import { InvitationController } from './invitations/invitation.controller.ts';
import { InvitationsStore } from './invitations/invitations.store.ts';
import { LinkPasswords } from './invitations/link-passwords.ts';
import { PasswordController } from './passwords/password.controller.ts';
import { Passwords } from './passwords/passwords.ts';
import { PersonPasswords } from './passwords/person-passwords.ts';
import { ColleaguesController } from './people/colleagues.controller.ts';
import { ColleaguesStore } from './people/colleagues.store.ts';
import { ErasureController } from './people/erasure.controller.ts';
import { Erasure } from './people/erasure.ts';
import { administratorSeat, LastAdministrator } from './people/last-administrator.store.ts';
import { PeopleController } from './people/people.controller.ts';
import { PeopleStore } from './people/people.store.ts';
import { people } from './people/person-document.ts';
import { PersonInvitationsController } from './people/person-invitations.controller.ts';
import { PersonSessionsController } from './people/person-sessions.controller.ts';
import { PeopleRegister } from './people/register.store.ts';
import { DailyRun, retentionTimer } from './retention/daily-run.ts';
import { Retention } from './retention/retention.ts';
import { reveals } from './reveal/reveal-document.ts';
import { RevealController } from './reveal/reveal.controller.ts';
import { RevealsStore } from './reveal/reveals.store.ts';
import { pairings } from './screens/pairing-document.ts';
import { PairingLimits } from './screens/pairing-limits.ts';
import { PairingController } from './screens/pairing.controller.ts';
import { PairingsStore } from './screens/pairings.store.ts';
import { screens } from './screens/screen-document.ts';
import { ScreenEntry } from './screens/screen-entry.ts';
import { ScreensController } from './screens/screens.controller.ts';
import { ScreensStore } from './screens/screens.store.ts';
import { AccessTokens } from './sessions/access-tokens.ts';
import { Endings } from './sessions/endings.ts';
import { Holders } from './sessions/holders.ts';
import { LostHandsetsProjection } from './sessions/lost-handsets.projection.ts';
import { RefreshController } from './sessions/refresh.controller.ts';
import { Refreshes } from './sessions/refreshes.ts';
import { Renewals } from './sessions/renewals.ts';
import { SessionCookies } from './sessions/session-cookies.ts';
import { sessions } from './sessions/session-document.ts';
import { SessionController } from './sessions/session.controller.ts';
import { SessionsStore } from './sessions/sessions.store.ts';
import { SignOuts } from './sessions/sign-outs.ts';
import { SetupController } from './setup.controller.ts';
import { KnownBrowsers } from './sign-in/known-browsers.ts';
import { PersonEntry } from './sign-in/person-entry.ts';
import { SignInLimits } from './sign-in/sign-in-limits.ts';
import { signInTries, SignInTries } from './sign-in/sign-in-tries.store.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignIns } from './sign-in/sign-ins.ts';

/** Who may do what: people and their sessions, screens, devices, and the audit trail of each city. */
@Module({
  controllers: [
    AuditController,
    Sealer,
    ColleaguesController,
    DevicesController,
    ErasureController,
    InvitationController,
    LostHandsetsProjection,
    PairingController,
    PasswordController,
    PeopleController,
    PersonInvitationsController,
    PersonSessionsController,
    RefreshController,
    RevealController,
    ScreensController,
    SessionController,
    SetupController,
    SignInController,
  ],
  providers: [
    AuditRecords,
    HeadNote,
    WhoActed,
    Acceptances,
    CityOfVisitor,
    ColleaguesStore,
    DailyRun,
    DevicesStore,
    Erasure,
    Retention,
    Endings,
    Holders,
    InvitationsStore,
    LastAdministrator,
    LinkPasswords,
    PairingLimits,
    PairingsStore,
    Passwords,
    PeopleRegister,
    PeopleStore,
    PersonEntry,
    PersonPasswords,
    Refreshes,
    Renewals,
    RevealsStore,
    ScreenEntry,
    ScreensStore,
    SessionCookies,
    SessionsStore,
    SignInLimits,
    SignIns,
    SignInTries,
    SignOuts,
  ],
})
export class IdentityServiceModule {
  static for(config: IdentityConfig, log: EventLog): DynamicModule {
    const { MONGODB_URI: uri, SIAGA_SEAT: seat, SIAGA_SECRET: secrets } = config;
    const settings = serviceSettings(config);
    const { cities } = settings;
    return {
      module: IdentityServiceModule,
      providers: [
        { provide: AccessTokens, useValue: new AccessTokens(secrets) },
        { provide: KnownBrowsers, useValue: new KnownBrowsers(secrets) },
      ],
      imports: [
        ServiceModule.for(settings),
        BusModule.forCities(cities, { app: 'identity', log }),
        StoreModule.forCities(cities, {
          app: 'identity',
          uri,
          seat,
          collections: [
            auditRecords,
            retentionTimer,
            administratorSeat,
            devices,
            invitations,
            pairings,
            people,
            reveals,
            screens,
            sessions,
            signInTries,
          ],
        }),
        IdentityModule.forCities(cities),
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
