import { Inject, Injectable } from '@nestjs/common';
import {
  deviceKey,
  Fault,
  type Controller,
  type ControllerProtocol,
  type DeviceRef,
  type ReportOutcome,
} from '@siaga/contracts';
import { carriedKey, DeviceDoubts, DeviceLimits, deviceRequestOf, type DeviceRequest } from '@siaga/identity';
import {
  asExercise,
  currentContext,
  deviceContext,
  RateLimit,
  RouteSettings,
  tooMany,
  withContext,
} from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { Intake, type Outcome } from './intake.ts';
import type { Message } from './plain-reports.ts';
import type { Saying } from './saying.ts';
import { StreetRegister } from '../register/street-register.ts';

/** What a controller asks for, it asks for as often, whatever it reports: five minutes' worth at once. */
const ASKS = { perSecond: 1, burst: 300 };

/** Who brings reports, to which city, and what he shows to prove himself. */
export interface Sender {
  protocol: ControllerProtocol;
  city: string;
  /** A simulator, by its token: its clock may run many times as fast, so it has no limits. */
  exercise: boolean;
  key: string | undefined;
  address: string;
  receivedAtMs: number;
}

/** The way from what a controller sends to its answer, whatever it came by. */
@Injectable()
export class StreetDoor {
  @Inject(RouteSettings) private readonly settings!: RouteSettings;
  readonly #asks = new RateLimit(ASKS);

  constructor(
    private readonly intake: Intake,
    private readonly register: StreetRegister,
    private readonly limits: DeviceLimits,
    private readonly doubts: DeviceDoubts,
  ) {}

  /** What became of each report of an HTTP message, in order. Throws what the whole of it is refused with. */
  async hear(
    protocol: ControllerProtocol,
    request: FastifyRequest,
    read: (request: DeviceRequest) => Message,
  ): Promise<{ isList: boolean; items: ReportOutcome[] }> {
    const message = deviceRequestOf(request);
    const { isList, sayings: all } = read(message);
    const sayings = all.filter((saying): saying is Saying => !(saying instanceof Fault));
    const city = this.#cityOf(request);
    const exercise = (await this.settings.simulatedCity(request.headers)) === city;
    const { receivedAtMs } = message;
    const proof = { key: carriedKey(request), address: request.ip };
    const taken = (await this.take({ protocol, city, exercise, receivedAtMs, ...proof }, sayings)).values();
    const items = all.map((saying) => (saying instanceof Fault ? nobodys(saying) : answerOf(taken.next().value)));
    return { isList, items };
  }

  /**
   * One outcome per saying, in order, once the log has them. Throws `too-many` when one of its devices, or the strangers at
   * the address, said too much, and `unavailable` when register or log do not answer: nothing is acknowledged then.
   */
  take(sender: Sender, sayings: readonly Saying[]): Promise<Outcome[]> {
    const { protocol, city, exercise, key, address, receivedAtMs } = sender;
    return withContext(deviceContext(city, sayings[0]?.deviceId ?? protocol, exercise), async () => {
      const devices = sayings.map(({ deviceId }) => ({ protocol, deviceId }));
      const doubted = this.doubts.among(devices, { key, address });
      const delivery = { protocol, exercise, receivedAtMs, doubted };
      if (!exercise)
        this.limits.admit(devices, {
          ...{ address, doubted, knows: (device) => this.register.heardOf(device) !== undefined },
          tooOften: (device, retryAfterS) => {
            this.intake.turnAway(delivery, device, { sayings, retryAfterS });
          },
        });
      return this.intake.take(delivery, sayings);
    });
  }

  /**
   * Answers a controller of our own protocol that asks for something, in its city. Throws `not-found` for one that is not
   * registered or does not prove to be itself: nobody learns here which of them it is; `too-many` for one that asks too
   * often, whatever it reports. Who makes it wait before he answers has it proven again.
   */
  async speakFor<Answer>(
    deviceId: string,
    request: FastifyRequest,
    answer: (controller: Controller, proveAgain: () => Promise<void>) => Promise<Answer>,
  ): Promise<Answer> {
    const device = { protocol: 'street' as const, deviceId };
    const proof = { key: carriedKey(request), address: request.ip };
    return withContext(deviceContext(this.#cityOf(request), deviceId, false), async () => {
      const isDoubted = this.doubts.among([device], proof).size > 0;
      this.#admitAsking(device, proof.address, isDoubted);
      const known = isDoubted ? await this.register.unproven(device) : await this.register.controller(device);
      if (known === undefined || isDoubted) throw unregistered(deviceId);
      return asExercise(known.exercise, () => answer(known, () => this.#prove(device, proof)));
    });
  }

  async #prove(device: DeviceRef, proof: Pick<Sender, 'key' | 'address'>): Promise<void> {
    const isDoubted = this.doubts.among([device], proof).size > 0;
    if (isDoubted || (await this.register.controller(device)) === undefined) throw unregistered(device.deviceId);
  }

  /** Who proves nothing, or is in no register as far as this process has heard, is a stranger as one who reports. */
  #admitAsking(device: DeviceRef, address: string, isDoubted: boolean): void {
    if (isDoubted || this.register.heardOf(device) === undefined) {
      this.limits.admit([device], { address, doubted: new Map(), knows: () => false });
      return;
    }
    const who = deviceKey(device);
    const retryAfterS = this.#asks.take(`${currentContext().city} ${who}`);
    if (retryAfterS > 0) throw tooMany({ door: 'ingest', because: 'device', retryAfterS, who });
  }

  /** The home city, unless the address names another. */
  #cityOf({ params }: FastifyRequest): string {
    const { city = this.settings.city } = params as { city?: string };
    if (!this.settings.cities.includes(city)) throw new Fault('not-found', `kota ${city} tidak dilayani di sini`);
    return city;
  }
}

const unregistered = (deviceId: string) => new Fault('not-found', `perangkat ${deviceId} belum terdaftar`);

const nobodys = ({ message }: Fault): ReportOutcome => ({ result: 'refused', reason: 'malformed', detail: message });

function answerOf(outcome: Outcome | undefined): ReportOutcome {
  if (outcome === undefined) throw new Error('a report without an outcome');
  return typeof outcome === 'string' ? { result: outcome } : { result: 'refused', ...outcome };
}
