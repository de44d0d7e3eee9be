import { Injectable } from '@nestjs/common';
import { deviceContext, withContext } from '@siaga/service';
import { HandOut } from '../control/hand-out.ts';
import { OpenOverrides } from '../control/open-overrides.ts';
import { StreetRegister } from '../register/street-register.ts';
import { DeviceEntry } from './device-entry.ts';
import type { Speaker } from './speakers.ts';

/**
 * Tells connected controllers what to do, as soon as there is anything: what `/ingest/street/commands` would answer. Only the
 * process that holds the connection tells, and keeps nothing of its own: what a device did not acknowledge, or was not there
 * for, it is told when it connects again, under the same id.
 */
@Injectable()
export class CommandPush {
  constructor(
    private readonly handOut: HandOut,
    private readonly open: OpenOverrides,
    private readonly register: StreetRegister,
    private readonly entry: DeviceEntry,
  ) {}

  /** Until its connection ends. Rejects when it does not acknowledge, or the store does not answer: it is to connect again. */
  async to(speaker: Speaker): Promise<void> {
    const { city, deviceId, ear } = speaker;
    const known = await withContext(deviceContext(city, deviceId, false), () =>
      this.register.controller({ protocol: 'street', deviceId }),
    );
    await withContext(deviceContext(city, deviceId, known?.exercise === true), async () => {
      let after = 0;
      while (await this.#comes(deviceId, after, ear.ended)) {
        if (!this.entry.isStillBelieved(speaker)) return;
        const { commands, keep } = this.handOut.offer(deviceId, after);
        await ear.tell(JSON.stringify(commands));
        // only now: what is not acknowledged is as new to its next poll, whatever that knows already
        await keep();
        after = Number(commands.next);
      }
    });
  }

  /** Resolves once there is something for it; `false` when nobody listens any more. */
  async #comes(deviceId: string, after: number, ended: AbortSignal): Promise<boolean> {
    while (!this.handOut.hasFor(deviceId, after))
      if (!(await this.open.nextFor(deviceId, Infinity, ended))) return false;
    return !ended.aborted;
  }
}
