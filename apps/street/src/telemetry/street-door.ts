import { Inject, Injectable } from '@nestjs/common';
import { Fault, type ControllerProtocol, type ReportOutcome } from '@siaga/contracts';
import { carriedKey, DeviceDoubts, DeviceLimits, deviceRequestOf, type DeviceRequest } from '@siaga/identity';
import { deviceContext, RouteSettings, withContext } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { Intake, type Outcome } from './intake.ts';
import type { Message } from './plain-reports.ts';
import type { Saying } from './saying.ts';
import { StreetRegister } from './street-register.ts';

/** The way from a controller's request to its answer. */
@Injectable()
export class StreetDoor {
  @Inject(RouteSettings) private readonly settings!: RouteSettings;

  constructor(
    private readonly intake: Intake,
    private readonly register: StreetRegister,
    private readonly limits: DeviceLimits,
    private readonly doubts: DeviceDoubts,
  ) {}

  /** What became of each report of the message, in order. Throws what the whole of it is refused with. */
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
    const sender = deviceContext(city, sayings[0]?.deviceId ?? protocol, exercise);
    const outcomes = await withContext(sender, async () => {
      const devices = sayings.map(({ deviceId }) => ({ protocol, deviceId }));
      const doubted = this.doubts.among(devices, { key: carriedKey(request), address: request.ip });
      const knows = this.register.knows.bind(this.register);
      // a simulated clock may run many times as fast
      if (!exercise) this.limits.admit(devices, { address: request.ip, doubted, knows });
      return this.intake.take({ protocol, exercise, receivedAtMs: message.receivedAtMs, doubted }, sayings);
    });
    const taken = outcomes.values();
    const items = all.map((saying) => (saying instanceof Fault ? nobodys(saying) : answerOf(taken.next().value)));
    return { isList, items };
  }

  /** The home city, unless the address names another. */
  #cityOf({ params }: FastifyRequest): string {
    const { city = this.settings.city } = params as { city?: string };
    if (!this.settings.cities.includes(city)) throw new Fault('not-found', `kota ${city} tidak dilayani di sini`);
    return city;
  }
}

const nobodys = ({ message }: Fault): ReportOutcome => ({ result: 'refused', reason: 'malformed', detail: message });

function answerOf(outcome: Outcome | undefined): ReportOutcome {
  if (outcome === undefined) throw new Error('a report without an outcome');
  return typeof outcome === 'string' ? { result: outcome } : { result: 'refused', ...outcome };
}
