import { Inject, Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import {
  deviceKey,
  StreetTelemetryRecorded,
  type ControllerProtocol,
  type DeviceRef,
  type StreetTelemetry,
} from '@siaga/contracts';
import { unprovenWords, type Doubted } from '@siaga/identity';
import { asExercise } from '@siaga/service';
import { RecordedInCity } from './recorded-in-city.ts';
import { Refusals } from './refusals.ts';
import { telemetryIdOf, untimelyOf } from './report-rules.ts';
import { measuresOf, type Refusal, type Said, type Saying } from './saying.ts';
import { SeenControllers } from './seen-controllers.ts';
import { StreetRegister, type KnownController } from '../register/street-register.ts';

/** What came of one report. */
export type Outcome = 'accepted' | 'duplicate' | Refusal;

/** Who brought a message: protocol, our clock, and whether the sender proved to be a simulator. */
export interface Delivery {
  protocol: ControllerProtocol;
  receivedAtMs: number;
  exercise: boolean;
  /** Devices it speaks of and does not prove to be: they sound like strangers. */
  doubted: Doubted;
}

const strangerTo = (deviceId: string): Refusal => ({
  reason: 'unknown-device',
  detail: `perangkat ${deviceId} belum terdaftar`,
});

/** Takes what controllers of the context's city say: whose it is, whether it can be, and once the log has it, the answer. */
@Injectable()
export class Intake {
  @Inject(RecordedInCity) private readonly recorded!: RecordedInCity;

  constructor(
    private readonly register: StreetRegister,
    private readonly seen: SeenControllers,
    private readonly refusals: Refusals,
    private readonly bus: EventBus,
  ) {}

  /** One outcome per saying, in order. Throws `unavailable` when register or log do not answer: nothing is acknowledged then. */
  async take(delivery: Delivery, sayings: readonly Saying[]): Promise<Outcome[]> {
    const found = await Promise.all(sayings.map((saying) => this.#read(delivery, saying)));
    const written = Promise.withResolvers<undefined>();
    // one after the other: a message may hold a report twice
    const verdicts = found.map((read) => this.#judge(read, written.promise));
    written.resolve(this.#write(verdicts));
    await Promise.all([written.promise, ...verdicts.map(({ durable }) => durable)]);
    for (const [index, { outcome, counted = outcome, controller }] of verdicts.entries()) {
      const { receivedAtMs: atMs, protocol } = delivery;
      this.refusals.count({ protocol, outcome: counted, controller, raw: sayings[index]?.raw ?? '', atMs });
    }
    return verdicts.map(({ outcome }) => outcome);
  }

  /** Counts and keeps what a controller says beyond its rate; it is told to come again. */
  turnAway(
    { protocol, receivedAtMs: atMs }: Delivery,
    device: DeviceRef,
    { sayings, retryAfterS }: { sayings: readonly Saying[]; retryAfterS: number },
  ): void {
    const controller = this.register.heardOf(device);
    const detail = `terlalu sering: diminta datang lagi ${String(retryAfterS)} detik kemudian`;
    for (const { deviceId, raw } of sayings)
      if (deviceId === device.deviceId)
        this.refusals.count({ protocol, outcome: { reason: 'too-often', detail }, controller, raw, atMs });
  }

  async #read(delivery: Delivery, saying: Saying): Promise<Read> {
    const { protocol, receivedAtMs } = delivery;
    const { deviceId } = saying;
    const device = { protocol, deviceId };
    const doubt = delivery.doubted.get(deviceKey(device));
    if (doubt !== undefined) {
      const counted: Refusal = { reason: 'unproven', detail: unprovenWords[doubt] };
      return { controller: await this.register.unproven(device), outcome: strangerTo(deviceId), counted };
    }
    const controller = await this.register.controller(device);
    if (controller === undefined) {
      this.seen.note(device, saying.raw, delivery);
      return { outcome: strangerTo(deviceId) };
    }
    if ('refused' in saying) return { controller, outcome: saying.refused };
    const { said } = saying;
    const thing = said.of ?? controller.speaksFor;
    const refused = untimelyOf(said, receivedAtMs) ?? (await this.#notItsOwn(controller, thing));
    const measures = measuresOf(thing, said.measures);
    if (refused !== undefined || 'reason' in measures) return { controller, outcome: refused ?? (measures as Refusal) };
    return { controller, report: reportOf({ ...device, thing, receivedAtMs }, said, measures) };
  }

  async #notItsOwn({ speaksFor }: KnownController, thing: string): Promise<Refusal | undefined> {
    const id = thing.slice(thing.indexOf(':') + 1);
    if (thing.startsWith('panel:')) {
      if (thing !== speaksFor) return notItsOwn(thing, speaksFor);
      return (await this.register.panel(id)) === undefined ? unregistered(thing) : undefined;
    }
    const lamp = await this.register.lamp(id);
    if (lamp === undefined) return unregistered(thing);
    const isOwn = thing === speaksFor || (lamp.panelId !== undefined && speaksFor === `panel:${lamp.panelId}`);
    return isOwn ? undefined : notItsOwn(thing, speaksFor);
  }

  #judge(read: Read, durable: Promise<undefined>): Verdict {
    if (read.report === undefined) return { ...read, outcome: read.outcome ?? 'duplicate' };
    const { telemetryId } = read.report;
    const recorded = this.recorded.here;
    const earlier = recorded.get(telemetryId);
    if (earlier !== undefined) return { controller: read.controller, outcome: 'duplicate', durable: earlier };
    recorded.add(telemetryId, durable);
    return { ...read, outcome: 'accepted' };
  }

  /** Simulated and real reports of one message go out separately: the mark is a property of the controller. */
  async #write(verdicts: readonly Verdict[]): Promise<undefined> {
    const news = verdicts.flatMap(({ report, controller }) =>
      report === undefined ? [] : [{ report, exercise: controller?.exercise === true }],
    );
    try {
      for (const exercise of [false, true]) {
        const some = news.filter((one) => one.exercise === exercise).map(({ report }) => report);
        if (some.length > 0) await asExercise(exercise, () => this.bus.publishAll(StreetTelemetryRecorded, some));
      }
    } catch (error) {
      for (const { report } of news) this.recorded.here.remove(report.telemetryId);
      throw error;
    }
    return undefined;
  }
}

interface Read {
  controller?: KnownController | undefined;
  outcome?: Outcome;
  /** What it is for us, where the sender is not told. */
  counted?: Outcome;
  report?: StreetTelemetry;
}

interface Verdict extends Read {
  outcome: Outcome;
  /** The original of a repeat is in the log. */
  durable?: Promise<unknown>;
}

type From = Pick<StreetTelemetry, 'protocol' | 'deviceId' | 'thing' | 'receivedAtMs'>;

function reportOf(from: From, { atMs = from.receivedAtMs, mark, events }: Said, measures: object): StreetTelemetry {
  const at = { ...from, atMs };
  return {
    ...at,
    telemetryId: telemetryIdOf(at, mark),
    ...measures,
    events: events.map((event) => ({ ...event, atMs: event.atMs ?? atMs })),
  };
}

const notItsOwn = (thing: string, speaksFor: string): Refusal => ({
  reason: 'not-its-own',
  detail: `${thing} bukan miliknya: perangkat ini untuk ${speaksFor}`,
});
const unregistered = (thing: string): Refusal => ({
  reason: 'unregistered-thing',
  detail: `${thing} tidak ada di daftar; daftarkan dahulu`,
});
