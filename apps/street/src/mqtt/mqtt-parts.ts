import type { Provider } from '@nestjs/common';
import type { StreetConfig } from '../config.ts';
import { CommandPush } from './command-push.ts';
import { DeviceEntry } from './device-entry.ts';
import { MQTT_ADDRESS, MqttDoor } from './mqtt-door.ts';
import type { MqttAddress } from './mqtt-port.ts';

/** The MQTT door's part of the module. */
export const mqttProviders = (config: StreetConfig): Provider[] => [
  DeviceEntry,
  CommandPush,
  MqttDoor,
  { provide: MQTT_ADDRESS, useValue: addressOf(config) },
];

function addressOf(config: StreetConfig): MqttAddress {
  const { HOST, MQTT_HOST: host = HOST, MQTT_PORT: port, TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = config;
  return { host, port, tls: certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile } };
}
