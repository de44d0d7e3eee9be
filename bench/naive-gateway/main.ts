import 'reflect-metadata';
import { Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  BaseRpcContext,
  EventPattern,
  Payload,
  Server as Transport,
  type CustomTransportStrategy,
} from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { openEventLog, type EventLog } from '@siaga/bus';

/** The gateway everyone writes first: each event of a stream is emitted to every socket. Run as a child of the bench. */
const [logSocket = '', topic = '', eventName = ''] = process.argv.slice(2);

@WebSocketGateway({ transports: ['websocket'] })
class Screens {
  @WebSocketServer() readonly server!: { emit(name: string, data: unknown): void };
}

@Controller()
class Events {
  constructor(@Inject(Screens) private readonly screens: Screens) {}

  @EventPattern(eventName)
  happened(@Payload() data: unknown): void {
    this.screens.server.emit(eventName, data);
  }
}

@Module({ controllers: [Events], providers: [Screens] })
class NaiveGateway {}

/** The same records from the same log as ours, by Nest's own way to handlers: no broker makes the comparison unfair. */
class LogTransport extends Transport implements CustomTransportStrategy {
  readonly #log: EventLog;

  constructor(log: EventLog) {
    super();
    this.#log = log;
  }

  async listen(callback: () => void): Promise<void> {
    await this.#log.follow({
      topics: [{ topic, from: { sinceMs: Date.now() } }],
      onBatch: async ({ records }) => {
        for (const { value } of records)
          if (value !== null) {
            const data: unknown = JSON.parse(value.toString());
            await this.handleEvent(eventName, { pattern: eventName, data }, new BaseRpcContext([]));
          }
      },
    });
    callback();
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  on(): never {
    throw new Error('has no events of its own');
  }

  unwrap(): never {
    throw new Error('has nothing to unwrap');
  }
}

const app = await NestFactory.create<NestFastifyApplication>(NaiveGateway, new FastifyAdapter(), { logger: false });
app.useWebSocketAdapter(new IoAdapter(app));
app.connectMicroservice({ strategy: new LogTransport(await openEventLog({ SIAGA_ENGINE: logSocket })) });
await app.startAllMicroservices();
await app.listen(0, '127.0.0.1');
process.send?.(await app.getUrl());
process.once('disconnect', () => process.exit(0));
