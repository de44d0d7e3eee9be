import { Injectable } from '@nestjs/common';
import { thingKey, type Camera } from '@siaga/contracts';
import { trusted } from '@siaga/store';
import { linkKind } from '../../links/link-kind.ts';
import { Things } from '../../register/things.store.ts';
import type { FedThing } from '../../states/fed-thing.ts';
import { cameraKind } from '../camera-kind.ts';

type Known = Pick<Camera, 'name' | 'owner' | 'place' | 'linkId' | 'panelId'> & { exercise: boolean };

/**
 * Cameras and what feeds them, as the register has it this moment: their own panel, or the one at the far end of their link.
 * They lose their current with it: told at once, a minute before anybody who looks at them would believe it. One with a
 * battery has lost its supply, too.
 */
@Injectable()
export class FedCameras {
  constructor(private readonly things: Things) {}

  async below(panelIds: readonly string[]): Promise<string[]> {
    const among = trusted({ $in: [...panelIds] });
    const links = await this.things.all(linkKind, { panelId: among });
    const linkId = trusted({ $in: links.map(({ _id }) => _id) });
    const own = await this.things.all(cameraKind, { panelId: among });
    const linked = links.length === 0 ? [] : await this.things.all(cameraKind, { linkId });
    return [...own, ...linked].map(({ _id }) => _id);
  }

  async known(cameraIds: readonly string[]): Promise<Map<string, FedThing>> {
    const cameras = (await this.things.known(cameraKind, cameraIds)) as ReadonlyMap<string, unknown>;
    const known = [...(cameras as ReadonlyMap<string, Known>)];
    const links = await this.things.known(linkKind, [...new Set(known.flatMap(([, { linkId }]) => linkId ?? []))]);
    return new Map(
      known.map(([cameraId, camera]) => {
        // what has a panel of its own does not hang on that of its link
        const farEnd = links.get(camera.linkId ?? '')?.['panelId'] as string | undefined;
        return [cameraId, fedOf(cameraId, camera, camera.panelId ?? farEnd)];
      }),
    );
  }
}

function fedOf(cameraId: string, { name, owner, place, linkId, exercise }: Known, panelId?: string): FedThing {
  const said = {
    ...{ thing: { kind: 'camera', thingId: cameraId }, name, agency: owner },
    place: { lat: place.lat, lng: place.lng },
  };
  return {
    panelId,
    exercise,
    said,
    through: linkId === undefined ? [] : [thingKey({ kind: 'link', thingId: linkId })],
  };
}
