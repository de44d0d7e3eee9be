import { Module, type DynamicModule } from '@nestjs/common';
import { BusModule, type EventLog } from '@siaga/bus';
import { IdentityModule } from '@siaga/identity';
import { ServiceModule, serviceSettings, start, type RunningService } from '@siaga/service';
import { StoreModule } from '@siaga/store';
import { codebooks } from './codebooks/codebook-document.ts';
import { CodebooksController } from './codebooks/codebooks.controller.ts';
import type { TalkConfig } from './config.ts';
import { distresses } from './distress/distress-document.ts';
import { DistressOnAir } from './distress/distress-on-air.ts';
import { DistressController } from './distress/distress.controller.ts';
import { DistressStore } from './distress/distress.store.ts';
import { FloorBoard } from './groups/floor-board.ts';
import { GroupsController } from './groups/groups.controller.ts';
import { Groups } from './groups/groups.ts';
import { handsets, handsetSigns } from './handsets/handset-document.ts';
import { HandsetWatch } from './handsets/handset-watch.ts';
import { HandsetsController } from './handsets/handsets.controller.ts';
import { HandsetsOnAir } from './handsets/handsets-on-air.ts';
import { HandsetsStore } from './handsets/handsets.store.ts';
import { bursts, parts } from './recordings/burst-document.ts';
import { BurstRecorder } from './recordings/burst-recorder.ts';
import { BurstsStore } from './recordings/bursts.store.ts';
import { RecordingsController } from './recordings/recordings.controller.ts';
import { HandsetMonthsController } from './roll-calls/handset-months.controller.ts';
import { rollAnswers, rollCalls } from './roll-calls/roll-call-document.ts';
import { RollCallsController } from './roll-calls/roll-calls.controller.ts';
import { RollCallsStore } from './roll-calls/roll-calls.store.ts';
import { AirParts } from './voice/air-parts.ts';
import { Airs } from './voice/airs.ts';
import { Entrance } from './voice/entrance.ts';
import { VoiceDoor } from './voice/voice-door.ts';

/** Touch to talk: groups, their floors, the voice between phones and desks, and what is kept of it. */
@Module({
  controllers: [
    CodebooksController,
    DistressController,
    GroupsController,
    HandsetMonthsController,
    HandsetsController,
    RecordingsController,
    RollCallsController,
  ],
  providers: [
    AirParts,
    Airs,
    BurstRecorder,
    BurstsStore,
    DistressOnAir,
    DistressStore,
    Entrance,
    FloorBoard,
    Groups,
    HandsetsOnAir,
    HandsetsStore,
    HandsetWatch,
    RollCallsStore,
    VoiceDoor,
  ],
})
export class TalkModule {
  static for(config: TalkConfig, log: EventLog): DynamicModule {
    const { MONGODB_URI: uri, SIAGA_SEAT: seat } = config;
    const settings = serviceSettings(config);
    const { cities } = settings;
    return {
      module: TalkModule,
      imports: [
        ServiceModule.for(settings),
        BusModule.forCities(cities, { app: 'talk', log }),
        IdentityModule.forCities(cities),
        StoreModule.forCities(cities, {
          app: 'talk',
          uri,
          seat,
          collections: [bursts, codebooks, distresses, handsets, handsetSigns, parts, rollAnswers, rollCalls],
        }),
      ],
    };
  }
}

/** Starts the service on a log, which is closed with it. */
export function startTalk(config: TalkConfig, log: EventLog): Promise<RunningService> {
  return start(TalkModule.for(config, log), {
    name: 'talk',
    host: config.HOST,
    port: config.PORT,
    // never the public's door: who speaks for others on a private network is a gateway
    trustedProxies: ['loopback', 'linklocal', 'uniquelocal'],
    prepare: (app) => {
      app.get(VoiceDoor).attach(app.getHttpServer());
    },
  });
}
