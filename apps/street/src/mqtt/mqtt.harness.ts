import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { encodeEvent, topicOf, type EventLog } from '@siaga/bus';
import { agencyDeviceKey, DeviceCredentialsChanged } from '@siaga/contracts';
import { hashOfKey, newDeviceKey } from '@siaga/identity';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

/**
 * A port nobody listens on, below those that a system gives to whoever asks for any: nobody else gets it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const server = createServer();
    try {
      await once(server.listen(port, '127.0.0.1'), 'listening');
      return port;
    } catch {
      // somebody has it
    } finally {
      server.close();
    }
  }
}

/** What the identity service says of controllers of a city. */
export function credentials(street: () => { log: EventLog }, city: string) {
  let version = 0;
  const say = async (deviceId: string, over: Partial<DeviceCredentialsChanged>) => {
    version += 1;
    const device = { agency: 'dishub', protocol: 'street', deviceId } as const;
    const said = { ...device, key: agencyDeviceKey(device), networks: [], blocked: false, version, ...over };
    const event = encodeEvent(DeviceCredentialsChanged, said, { city, source: 'test', exercise: false });
    await street().log.append(topicOf(city, DeviceCredentialsChanged.stream), [event]);
  };
  return {
    say,
    keyFor: async (deviceId: string) => {
      const key = newDeviceKey();
      await say(deviceId, { keyHash: hashOfKey(key) });
      return key;
    },
  };
}

/** Resolves once it is closed, with whatever error. */
export const closed = (line: { once(event: 'close', heard: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => {
    line.once('close', () => {
      resolve();
    });
  });

/** A device as it connects; rejects with the words of the CONNACK that refuses it. */
export const connect = (port: number, options: IClientOptions): Promise<MqttClient> =>
  mqtt.connectAsync({
    ...{ host: '127.0.0.1', port, protocol: 'mqtt', reconnectPeriod: 0, connectTimeout: 20_000, ...options },
  });
