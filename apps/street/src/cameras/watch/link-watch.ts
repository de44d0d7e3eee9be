import { Injectable } from '@nestjs/common';
import { ConditionChanged } from '@siaga/contracts';
import { EventBus } from '@siaga/bus';
import { currentContext } from '@siaga/service';
import { Store } from '@siaga/store';
import { links } from '../../links/link-kind.ts';
import { panelKind } from '../../panels/panel-kind.ts';
import { hangsOn, linkCondition } from './camera-conditions.ts';
import { linkDownSince } from './link-rules.ts';
import { cameraStates, linkStates, type StoredCameraState } from './state-documents.ts';

/** Concludes from cameras how their link is, and tells the alarm desk. */
@Injectable()
export class LinkWatch {
  constructor(
    private readonly store: Store,
    private readonly bus: EventBus,
  ) {}

  /** After news of one of its cameras. What is told twice is told the same. */
  async look(linkId: string): Promise<void> {
    const [link, before, cameras] = await Promise.all([
      this.store.find(links, linkId),
      this.store.find(linkStates, linkId),
      this.store.of(cameraStates).find({ linkId }).lean<StoredCameraState[]>(),
    ]);
    if (link === undefined) return;
    const downSinceMs = linkDownSince(cameras, before?.downSinceMs);
    if (downSinceMs === before?.downSinceMs) return;
    const panel = link.panelId === undefined ? undefined : await this.store.find(panelKind.collection, link.panelId);
    const within = hangsOn([['panel', link.panelId], ['feeder', panel?.['feederId'] as string | undefined]]); // prettier-ignore
    const sinceMs = downSinceMs ?? before?.downSinceMs ?? 0;
    const how = {
      active: downSinceMs !== undefined,
      sinceMs,
      changedAtMs: Date.now(),
      within,
      cameras: cameras.length,
    };
    // told first: a process that dies between tells it again, and the desk takes it as the same
    await this.bus.publish(ConditionChanged, linkCondition({ ...link, linkId }, how));
    if (downSinceMs === undefined) await this.store.remove(linkStates, { _id: linkId });
    else await this.store.createIfFree(linkStates, { _id: linkId, downSinceMs, exercise: currentContext().exercise });
  }
}
