import { Controller, Injectable } from '@nestjs/common';
import { EventBus, On } from '@siaga/bus';
import { CameraRegistered, ConditionChanged, type CloudEvent } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { Store, trusted, type Stored } from '@siaga/store';
import { links } from '../../links/link-kind.ts';
import { cameras, type CameraDocument } from '../camera-kind.ts';
import { hangsOn } from './camera-conditions.ts';

/** What is concluded of the panel they hang on. */
interface Loss {
  readonly active: boolean;
  readonly sinceMs: number;
  readonly changedAtMs: number;
}

const LOSS = 'supplyLoss';

/**
 * Cameras lose their current with the panel that feeds them or the far end of their link: told at once, a minute before
 * anybody who looks at them would believe it. One with a battery has lost its supply, too.
 */
@Injectable()
export class FedCameras {
  constructor(
    private readonly store: Store,
    private readonly bus: EventBus,
  ) {}

  async tell({ panelId, feederId }: { panelId: string; feederId?: string | undefined }, loss: Loss): Promise<void> {
    const { exercise } = currentContext();
    const ends = await this.store.of(links).find({ panelId }).lean<Stored<object>[]>();
    const linkIds = ends.map(({ _id }) => _id);
    const fed = await this.store
      .of(cameras)
      .find({ $or: [{ panelId }, { linkId: trusted({ $in: linkIds }) }] } as never)
      .lean<Stored<CameraDocument & { exercise: boolean }>[]>();
    // what has a panel of its own does not hang on that of its link
    const without = fed.filter((camera) => camera.exercise === exercise && (camera.panelId ?? panelId) === panelId);
    const conditions = without.map(({ _id, name, owner, place, linkId }): ConditionChanged => {
      const within = hangsOn([['link', linkId], ['panel', panelId], ['feeder', feederId]]); // prettier-ignore
      return {
        ...{ thing: { kind: 'camera', thingId: _id }, name, kind: LOSS, severity: 'medium', basis: 'inferred' },
        ...{ agency: owner, within, place: { lat: place.lat, lng: place.lng }, ...loss },
      };
    });
    await this.bus.publishAll(ConditionChanged, conditions);
  }
}

/** A camera that leaves the register has no current to lose. */
@Controller()
export class FedCamerasProjection {
  constructor(private readonly bus: EventBus) {}

  @On(CameraRegistered, { tombstones: true })
  async left(camera: CameraRegistered | null, { subject }: CloudEvent<CameraRegistered>): Promise<void> {
    if (camera === null) await this.bus.retract(ConditionChanged, `camera:${subject}/${LOSS}`);
  }
}
