import { Injectable } from '@nestjs/common';
import { Fault, type DeviceRef } from '@siaga/contracts';
import {
  carriedKey,
  DeviceDoubts,
  DeviceLimits,
  deviceRequestOf,
  withoutKeys,
  type DeviceRequest,
} from '@siaga/identity';
import { deviceContext, RouteSettings, withContext } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { Intake, strangerTo, type Outcome } from './intake.ts';
import type { Reading, Refusal } from './reading.ts';

/**
 * What a device is to be told of its whole message. `taken`: everything in it is recorded, or refused for good (a
 * repeat of a refused value is refused again, so a phone that retries until it hears 200 must hear it). `unknown` and
 * `malformed`: nothing in it could be taken, and sending it again may help after somebody acted.
 */
export type Answer =
  { result: 'taken'; refused: readonly Refusal[] } | { result: 'unknown' | 'malformed'; detail: string };

/** The way from a device's request to what it is to be told; each protocol tells it in its own words. */
@Injectable()
export class DeviceDoor {
  constructor(
    private readonly intake: Intake,
    private readonly limits: DeviceLimits,
    private readonly doubts: DeviceDoubts,
    private readonly settings: RouteSettings,
  ) {}

  async hear(
    protocol: DeviceRef['protocol'],
    request: FastifyRequest,
    read: (request: DeviceRequest) => readonly Reading[],
  ): Promise<Answer> {
    const message = deviceRequestOf(request);
    const all = read(message);
    refuseKeysAsIds(all);
    const city = this.#cityOf(request);
    if (city === undefined) return answerTo(all.map(({ deviceId }) => strangerTo({ protocol, deviceId })));
    const exercise = (await this.settings.simulatedCity(request.headers)) === city;
    const sender = deviceContext(city, all[0]?.deviceId ?? protocol, exercise);
    return withContext(sender, () => this.#take({ protocol, exercise, request, message, all }));
  }

  async #take({ protocol, exercise, request, message, all }: Message): Promise<Answer> {
    const devices = all.map((reading) => ({ protocol, deviceId: reading.deviceId }));
    const doubted = this.doubts.among(devices, { key: carriedKey(request), address: request.ip });
    // a simulated clock may run many times as fast
    if (!exercise)
      this.limits.admit(devices, { address: request.ip, doubted, knows: (device) => this.intake.rides(device) });
    return answerTo(await this.intake.take({ protocol, exercise, receivedAtMs: message.receivedAtMs, doubted }, all));
  }

  /** The home city, unless the address names another; undefined for one that is not served here. */
  #cityOf({ params }: FastifyRequest): string | undefined {
    const { city = this.settings.city } = params as { city?: string };
    return this.settings.cities.find((served) => served === city);
  }
}

/** What a sender brought to a door. */
interface Message {
  protocol: DeviceRef['protocol'];
  exercise: boolean;
  request: FastifyRequest;
  message: DeviceRequest;
  all: readonly Reading[];
}

/** A key typed into the wrong field would be shown to whoever looks for strangers. */
function refuseKeysAsIds(readings: readonly Reading[]): void {
  if (readings.some(({ deviceId }) => withoutKeys(deviceId) !== deviceId))
    throw new Fault('invalid', 'yang dikirim sebagai id adalah kunci perangkat · a device key was sent as the id');
}

export function answerTo(outcomes: readonly Outcome[]): Answer {
  const refused = outcomes.filter((outcome) => typeof outcome !== 'string');
  const because = (...reasons: Refusal['reason'][]) => refused.filter(({ reason }) => reasons.includes(reason));
  const futile = because('unknown-device', 'malformed');
  if (outcomes.length === 0 || futile.length < outcomes.length) return { result: 'taken', refused };
  const [stranger] = because('unknown-device');
  const told = stranger ?? futile[0];
  return { result: stranger === undefined ? 'malformed' : 'unknown', detail: told?.detail ?? '' };
}
