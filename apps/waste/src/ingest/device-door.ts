import { Injectable } from '@nestjs/common';
import { deviceContext, RouteSettings, withContext } from '@siaga/service';
import type { DeviceRef } from '@siaga/contracts';
import type { FastifyRequest } from 'fastify';
import { deviceRequestOf } from './device-bodies.ts';
import { DeviceLimits } from './device-limits.ts';
import type { DeviceRequest } from './device-request.ts';
import { Intake, type Outcome } from './intake.ts';
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
    private readonly settings: RouteSettings,
  ) {}

  async hear(
    protocol: DeviceRef['protocol'],
    request: FastifyRequest,
    read: (request: DeviceRequest) => readonly Reading[],
  ): Promise<Answer> {
    const message = deviceRequestOf(request);
    const readings = read(message);
    const exercise = await this.settings.isExercise(request.headers);
    // a simulated clock may run many times as fast
    const devices = readings.map(({ deviceId }) => ({ protocol, deviceId }));
    if (!exercise) this.limits.admit(devices, request.ip);
    const sender = deviceContext(this.settings.city, readings[0]?.deviceId ?? protocol, exercise);
    const delivery = { protocol, exercise, receivedAtMs: message.receivedAtMs };
    return answerTo(await withContext(sender, () => this.intake.take(delivery, readings)));
  }
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
