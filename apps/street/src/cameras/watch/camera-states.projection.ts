import { Controller, Inject } from '@nestjs/common';
import { On } from '@siaga/bus';
import { CameraRegistered, type CloudEvent } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { Store } from '@siaga/store';
import { CAMERA_PACE, CameraWatch, phaseOf } from './camera-watch.ts';
import { cameraStates } from './state-documents.ts';
import type { Pace } from './watch-rules.ts';

/** Cameras that are registered are looked at; those that are taken out no longer. */
@Controller()
export class CameraStatesProjection {
  constructor(
    private readonly store: Store,
    private readonly watch: CameraWatch,
    @Inject(CAMERA_PACE) private readonly pace: Pace,
  ) {}

  /** A changed camera is looked at soon: its address may be another. */
  @On(CameraRegistered, { tombstones: true })
  async registered(camera: CameraRegistered | null, { subject }: CloudEvent<CameraRegistered>): Promise<void> {
    if (camera === null) {
      await this.watch.forget(subject);
      return;
    }
    const { name, owner, place, linkId } = camera;
    const nowMs = Date.now();
    const wakeAtMs = nowMs + Math.floor((phaseOf(linkId ?? name) * this.pace.doubtedMs) / 2);
    const facts = { name, owner, place, ...(linkId === undefined ? {} : { linkId }) };
    const exercise = currentContext().exercise;
    const fresh = { ...facts, exercise, health: 'unchecked', sinceMs: nowMs, checkedAtMs: 0, changedAtMs: nowMs } as const; // prettier-ignore
    const made = await this.store.createIfFree(cameraStates, { _id: camera.cameraId, ...fresh, wakeAtMs });
    if (made !== undefined) return;
    await this.store.change(cameraStates, {
      where: { _id: camera.cameraId },
      change: { $set: { ...facts, wakeAtMs } },
    });
  }
}
