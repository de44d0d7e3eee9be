import type { IncomingMessage } from 'node:http';
import { Server } from 'node:tls';
import { Module, type DynamicModule } from '@nestjs/common';
import { BusModule, type EventLog } from '@siaga/bus';
import { IdentityModule } from '@siaga/identity';
import {
  followCertificate,
  readCertificate,
  RouteSettings,
  ServiceModule,
  serviceSettings,
  start,
  type RunningService,
} from '@siaga/service';
import { MapFolder } from '@siaga/streets/folder';
import { AddressLimits, limitAddresses } from './address-limits.ts';
import { admitBrowsers } from './browser-sessions.ts';
import { CityController, CONFIG } from './city.controller.ts';
import type { GatewayConfig } from './config.ts';
import { DocsController } from './docs.controller.ts';
import { isWelcome, LiveSocketsAdapter } from './live/live-sockets.adapter.ts';
import { LiveGateway } from './live/live.gateway.ts';
import { Watchers } from './live/watchers.ts';
import { secureAnswers } from './secure-headers.ts';
import { proxyServices } from './services.proxy.ts';
import { Accounts } from './system/accounts.ts';
import { DeadLetters } from './system/dead-letters.ts';
import { ServiceWatch } from './system/service-watch.ts';
import { Storage } from './system/storage.ts';
import { SystemController } from './system/system.controller.ts';
import { StreetsController } from './streets.controller.ts';
import { notOurPage, tunnelVoice } from './voice.tunnel.ts';
import { serveWall } from './wall.pages.ts';

/** The only door for people: the live stream, REST to the services, the wall. */
@Module({})
export class GatewayModule {
  static for(config: GatewayConfig, log: EventLog): DynamicModule {
    const settings = serviceSettings(config);
    const { cities } = settings;
    return {
      module: GatewayModule,
      imports: [
        ServiceModule.for(settings),
        BusModule.forCities(cities, { app: 'gateway', log }),
        IdentityModule.forCities(cities),
      ],
      controllers: [CityController, DocsController, StreetsController, SystemController],
      providers: [
        LiveGateway,
        Watchers,
        Accounts,
        DeadLetters,
        ServiceWatch,
        Storage,
        { provide: CONFIG, useValue: config },
        { provide: MapFolder, useValue: new MapFolder(config.SIAGA_MAP) },
      ],
    };
  }
}

/** Starts the gateway on a log, which is closed with it. */
export function startGateway(config: GatewayConfig, log: EventLog): Promise<RunningService> {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = config;
  const files = certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile };
  const certificate = files === undefined ? undefined : readCertificate(files);
  return start(GatewayModule.for(config, log), {
    name: 'gateway',
    host: config.HOST,
    port: config.PORT,
    trustedProxies: config.TRUSTED_PROXIES,
    localPort: config.LOCAL_PORT,
    ...(certificate === undefined ? {} : { tls: certificate }),
    prepare: async (app) => {
      const limits = new AddressLimits(config);
      const door = {
        origins: config.ALLOWED_ORIGINS,
        refusalOf: (request: IncomingMessage) => limits.refusalOfSocket(request),
      };
      app.useWebSocketAdapter(new LiveSocketsAdapter(app, door));
      const settings = app.get(RouteSettings);
      tunnelVoice(app.getHttpServer(), {
        upstream: config.TALK_URL,
        refusalOf: (request) =>
          door.refusalOf(request) ??
          (settings.trusts(request) && isWelcome(request, door.origins) ? undefined : notOurPage()),
      });
      const fastify = app.getHttpAdapter().getInstance();
      const server: unknown = app.getHttpServer();
      if (files !== undefined && certificate !== undefined && server instanceof Server)
        fastify.addHook('onClose', followCertificate(files, certificate, server));
      secureAnswers(fastify);
      limitAddresses(fastify, limits, settings);
      admitBrowsers(fastify, config, settings);
      await fastify.register((scope) => proxyServices(scope, config));
      await fastify.register((scope) => serveWall(scope, config));
    },
  });
}
