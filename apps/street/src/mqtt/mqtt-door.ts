import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Aedes, type Client, type PublishPacket } from 'aedes';
import { agencyDeviceKey, Fault } from '@siaga/contracts';
import { DeviceProofs } from '@siaga/identity';
import { createLogger, metrics } from '@siaga/service';
import { Gauge } from 'prom-client';
import { readReportsOf } from '../telemetry/plain-reports.ts';
import type { Saying } from '../telemetry/saying.ts';
import { StreetDoor } from '../telemetry/street-door.ts';
import { StreetRegister } from '../telemetry/street-register.ts';
import { DeviceEntry, type Entered } from './device-entry.ts';
import { DeviceLine } from './device-line.ts';
import { MqttPort, type Arrival, type MqttAddress } from './mqtt-port.ts';

const log = createLogger('mqtt');

const connected = new Gauge({
  name: 'siaga_mqtt_devices',
  help: 'Devices connected by MQTT.',
  registers: [metrics],
});

/** A device says who it is at once, or holds a connection for nothing. */
const CONNECT_WITHIN_MS = 10_000;
/** Who does not read its acknowledgements holds memory for nothing. */
const READ_WITHIN_MS = 30_000;

/** Return codes of CONNACK (MQTT 3.1.1, table 3.1). */
const UNAVAILABLE = 3;
const NOT_BELIEVED = 4;

/** Token of the {@link MqttAddress}. */
export const MQTT_ADDRESS = Symbol('siaga:mqtt-address');

/** Where a device publishes, and nothing else does: QoS 0 to 2. */
export const topicOfDevice = (deviceId: string): string => `street/${deviceId}/telemetry`;

interface Speaker extends Entered {
  line: DeviceLine;
  client: Client;
}

/**
 * The MQTT door of controllers: a broker that delivers to nobody. A device proves itself when it connects, publishes under its
 * own topic what it would post to `/ingest/street`, and is acknowledged once the log has it, or when it is refused for good.
 * Whatever may be tried again (too often, no log) ends the connection without an acknowledgement: the device sends it again.
 */
@Injectable()
export class MqttDoor implements OnApplicationBootstrap, OnModuleDestroy {
  /** Port 0: no such door. */
  @Inject(MQTT_ADDRESS) private readonly at!: MqttAddress;

  readonly #arrivals = new WeakMap<object, Arrival>();
  /** By city and device. */
  readonly #speakers = new Map<string, Speaker>();
  readonly #ends: (() => void)[] = [];
  #broker: Aedes | undefined;
  #port: MqttPort | undefined;

  constructor(
    private readonly entry: DeviceEntry,
    private readonly door: StreetDoor,
    private readonly register: StreetRegister,
    private readonly proofs: DeviceProofs,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.at.port === 0) return;
    const broker = await Aedes.createBroker({
      connectTimeout: CONNECT_WITHIN_MS,
      drainTimeout: READ_WITHIN_MS,
      preConnect: (_, packet, done) => {
        // nobody would hear a last will: who falls silent is found by its interval
        delete packet.will;
        // and nobody is waited for: what it began to say and did not finish goes with its connection
        packet.clean = true;
        done(null, true);
      },
      authenticate: (client, userName = '', password, done) => {
        this.#enter(client, { userName, password: password?.toString() ?? '' }).then(
          () => {
            done(null, true);
          },
          (error: unknown) => {
            done(connackOf(error), false);
          },
        );
      },
      authorizePublish: (client, packet, done) => {
        this.#publish(client, packet).then(
          () => {
            done();
          },
          (error: unknown) => {
            done(error as Error);
          },
        );
      },
      // there is nothing to hear here
      authorizeSubscribe: (_client, _subscription, done) => {
        done(null, null);
      },
    });
    broker.on('clientError', (client, error) => {
      log.debug({ device: client.id, err: error }, 'an MQTT connection ended');
    });
    this.#broker = broker;
    this.#port = new MqttPort(this.at, (arrival) => {
      this.#arrivals.set(arrival.socket, arrival);
      broker.handle(arrival.socket);
    });
    this.#ends.push(this.#followProofs(), ...this.#followRegisters());
    await this.#port.listen();
  }

  async onModuleDestroy(): Promise<void> {
    for (const end of this.#ends) end();
    await new Promise<void>((closed) => {
      if (this.#broker === undefined) closed();
      else this.#broker.close(closed);
    });
    this.#port?.close();
  }

  async #enter(client: Client, { userName, password }: { userName: string; password: string }): Promise<void> {
    const arrival = this.#arrivals.get(client.conn);
    if (arrival === undefined) throw new Error('a client without a connection');
    const entered = await this.entry.enter({ userName, password, address: arrival.address });
    if (client.closed) throw new Error('its connection has ended');
    arrival.proven();
    arrival.socket.once('close', () => {
      this.#left(client);
    });
    // whatever it calls its client: a device has one connection, and takes nobody else's away
    client.id = nameOf(entered);
    this.#left(this.#speakers.get(client.id)?.client);
    const line = new DeviceLine((sayings) => this.#take(entered, sayings));
    this.#speakers.set(client.id, { ...entered, line, client });
    connected.set(this.#speakers.size);
  }

  async #publish(client: Client | null, packet: PublishPacket): Promise<void> {
    const speaker = client === null ? undefined : this.#speakers.get(client.id);
    if (speaker === undefined || speaker.client !== client) throw new Error('its connection has ended');
    const { deviceId, line } = speaker;
    const payload = Buffer.from(packet.payload);
    // the broker has nobody to deliver to: it keeps nothing
    packet.retain = false;
    packet.payload = '';
    await line.say(packet.topic === topicOfDevice(deviceId) ? readReportsOf(deviceId, payload) : [elsewhere(deviceId)]);
  }

  async #take({ city, deviceId, key, address }: Entered, sayings: readonly Saying[]): Promise<void> {
    const sender = { protocol: 'street' as const, city, exercise: false, key, address, receivedAtMs: Date.now() };
    const outcomes = await this.door.take(sender, sayings);
    if (outcomes.some((outcome) => typeof outcome !== 'string' && outcome.reason === 'unknown-device'))
      throw new Fault('unauthenticated', `perangkat ${deviceId} tidak dipercaya lagi · not believed any more`);
  }

  #followProofs(): () => void {
    return this.proofs.onChange((key, city) => {
      for (const speaker of this.#speakers.values())
        if (speaker.city === city && agencyDeviceKey(asDevice(speaker)) === key && !this.entry.isStillBelieved(speaker))
          this.#cut(speaker, 'its key does not count any more');
    });
  }

  #followRegisters(): (() => void)[] {
    return this.register.cities.map((city) =>
      this.register.of(city).controllers.onChange((deviceId, controller) => {
        const speaker = this.#speakers.get(nameOf({ city, deviceId }));
        if (speaker !== undefined && controller?.protocol !== 'street') this.#cut(speaker, 'it is in no register');
      }),
    );
  }

  #cut({ client, line }: Speaker, why: string): void {
    log.info({ device: client.id }, `an MQTT connection is cut: ${why}`);
    line.end(new Error(why));
    client.close();
  }

  #left(client: Client | undefined): void {
    const speaker = client && this.#speakers.get(client.id);
    if (speaker === undefined || speaker.client !== client) return;
    speaker.line.end(new Error('its connection has ended'));
    this.#speakers.delete(client.id);
    connected.set(this.#speakers.size);
  }
}

const nameOf = ({ city, deviceId }: Pick<Entered, 'city' | 'deviceId'>) => `${city}/${deviceId}`;
const asDevice = ({ deviceId }: Entered) => ({ agency: 'dishub', protocol: 'street', deviceId }) as const;

const elsewhere = (deviceId: string): Saying => ({
  ...{ deviceId, raw: '' },
  refused: { reason: 'not-its-own', detail: `topik MQTT perangkat ini hanya ${topicOfDevice(deviceId)}` },
});

function connackOf(error: unknown): Error & { returnCode: number } {
  const kind = error instanceof Fault ? error.kind : 'unavailable';
  if (!(error instanceof Fault)) log.warn({ err: error }, 'a device could not be asked who it is');
  const returnCode = kind === 'unauthenticated' ? NOT_BELIEVED : UNAVAILABLE;
  return Object.assign(new Error(kind), { returnCode });
}
