import type { Client } from 'aedes';
import { createLogger, metrics } from '@siaga/service';
import { Gauge } from 'prom-client';
import type { Entered } from './device-entry.ts';
import type { DeviceEar } from './device-ear.ts';
import type { DeviceLine } from './device-line.ts';

const log = createLogger('mqtt');

const connected = new Gauge({
  name: 'siaga_mqtt_devices',
  help: 'Devices connected by MQTT.',
  registers: [metrics],
});

/** A device that is connected, its line to the log, and what it is told. */
export interface Speaker extends Entered {
  line: DeviceLine;
  ear: DeviceEar;
  client: Client;
}

/** Who is connected: one connection a device, whatever it calls its client. */
export class Speakers {
  /** By city and device. */
  readonly #speakers = new Map<string, Speaker>();

  /** Takes the place of the connection it had before, and of nobody else's. */
  enter(speaker: Speaker): void {
    const { client } = speaker;
    client.id = nameOf(speaker);
    this.left(this.#speakers.get(client.id)?.client);
    this.#speakers.set(client.id, speaker);
    connected.set(this.#speakers.size);
  }

  /** Who speaks on this connection; undefined when it has ended. */
  of(client: Client | null | undefined): Speaker | undefined {
    const speaker = client ? this.#speakers.get(client.id) : undefined;
    return speaker?.client === client ? speaker : undefined;
  }

  named(device: Pick<Entered, 'city' | 'deviceId'>): Speaker | undefined {
    return this.#speakers.get(nameOf(device));
  }

  all(): Speaker[] {
    return [...this.#speakers.values()];
  }

  cut({ client, line }: Speaker, why: string): void {
    log.info({ device: client.id }, `an MQTT connection is cut: ${why}`);
    line.end(new Error(why));
    client.close();
  }

  left(client: Client | undefined): void {
    const speaker = this.of(client);
    if (speaker === undefined) return;
    speaker.line.end(new Error('its connection has ended'));
    speaker.ear.end();
    this.#speakers.delete(speaker.client.id);
    connected.set(this.#speakers.size);
  }
}

const nameOf = ({ city, deviceId }: Pick<Entered, 'city' | 'deviceId'>) => `${city}/${deviceId}`;
