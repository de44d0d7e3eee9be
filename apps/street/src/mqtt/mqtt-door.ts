import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Aedes, Client, PublishPacket, Subscription } from 'aedes';
import { agencyDeviceKey, Fault } from '@siaga/contracts';
import { DeviceProofs } from '@siaga/identity';
import { createLogger } from '@siaga/service';
import { StreetRegister } from '../register/street-register.ts';
import { readReportsOf } from '../telemetry/plain-reports.ts';
import type { Saying } from '../telemetry/saying.ts';
import { StreetDoor } from '../telemetry/street-door.ts';
import { CommandPush } from './command-push.ts';
import { cutWords } from './cuts.ts';
import { DeviceEar } from './device-ear.ts';
import { DeviceEntry, type Entered } from './device-entry.ts';
import { DeviceLine } from './device-line.ts';
import { createBroker } from './mqtt-broker.ts';
import { MqttPort, type Arrival, type MqttAddress } from './mqtt-port.ts';
import { Speakers } from './speakers.ts';

const log = createLogger('mqtt');

/** Token of the {@link MqttAddress}. */
export const MQTT_ADDRESS = Symbol('siaga:mqtt-address');

/** Where a device publishes, and nothing else does: QoS 0 to 2. */
export const topicOfDevice = (deviceId: string): string => `street/${deviceId}/telemetry`;
/** Where it hears what to do, and nothing else: at least once, so QoS 1. */
export const commandsOfDevice = (deviceId: string): string => `street/${deviceId}/commands`;

/**
 * The MQTT door of controllers: a broker that delivers from none to another. A device proves itself when it connects, publishes
 * under its own topic what it would post to `/ingest/street`, and is acknowledged once the log has it, or when it is refused for
 * good; under another of its own it hears what it is to do.
 * Whatever may be tried again (too often, no log) ends the connection without an acknowledgement: the device sends it again.
 */
@Injectable()
export class MqttDoor implements OnApplicationBootstrap, OnModuleDestroy {
  /** Port 0: no such door. */
  @Inject(MQTT_ADDRESS) private readonly at!: MqttAddress;
  @Inject(CommandPush) private readonly commands!: CommandPush;

  readonly #arrivals = new WeakMap<object, Arrival>();
  readonly #speakers = new Speakers();
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
    const broker = await createBroker({
      enter: (client, shown) => this.#enter(client, shown),
      publish: (client, packet) => this.#publish(client, packet),
      mayHear: (client, wish) => this.#mayHear(client, wish),
      hears: (client) => {
        this.#tell(client);
      },
      acknowledged: (client) => {
        this.#speakers.of(client)?.ear.acknowledge();
      },
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
      if (arrival.cut !== undefined) this.entry.refused(entered, cutWords[arrival.cut]);
      this.#speakers.left(client);
    });
    const line = new DeviceLine((sayings) => this.#take(entered, sayings));
    const packet = {
      cmd: 'publish',
      topic: commandsOfDevice(entered.deviceId),
      qos: 1,
      retain: false,
      dup: false,
    } as const;
    const ear = new DeviceEar((payload) => {
      client.publish({ ...packet, payload }, () => undefined);
    });
    this.#speakers.enter({ ...entered, line, ear, client });
  }

  #mayHear(client: Client, { topic, qos }: Subscription): boolean {
    const speaker = this.#speakers.of(client);
    return speaker !== undefined && topic === commandsOfDevice(speaker.deviceId) && qos > 0;
  }

  #tell(client: Client): void {
    const speaker = this.#speakers.of(client);
    if (speaker?.ear.listen() !== true) return;
    this.commands.to(speaker).catch((error: unknown) => {
      if (speaker.ear.ended.aborted) return;
      log.warn({ device: client.id, err: error }, 'a device could not be told what to do');
      this.#speakers.cut(speaker, 'it is to come again for its commands');
    });
  }

  async #publish(client: Client | null, packet: PublishPacket): Promise<void> {
    const speaker = this.#speakers.of(client);
    if (speaker === undefined) throw new Error('its connection has ended');
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
      for (const speaker of this.#speakers.all())
        if (speaker.city === city && agencyDeviceKey(asDevice(speaker)) === key && !this.entry.isStillBelieved(speaker))
          this.#speakers.cut(speaker, 'its key does not count any more');
    });
  }

  #followRegisters(): (() => void)[] {
    return this.register.cities.map((city) =>
      this.register.of(city).controllers.onChange((deviceId, controller) => {
        const speaker = this.#speakers.named({ city, deviceId });
        if (speaker !== undefined && controller?.protocol !== 'street')
          this.#speakers.cut(speaker, 'it is in no register');
      }),
    );
  }
}

const asDevice = ({ deviceId }: Entered) => ({ agency: 'dishub', protocol: 'street', deviceId }) as const;

const elsewhere = (deviceId: string): Saying => ({
  ...{ deviceId, raw: '' },
  refused: { reason: 'not-its-own', detail: `topik MQTT perangkat ini hanya ${topicOfDevice(deviceId)}` },
});
