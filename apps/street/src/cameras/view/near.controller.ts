import { Controller } from '@nestjs/common';
import { ListCamerasNear, type AnswerOf, type InputOf } from '@siaga/contracts';
import { bestViewFirst, cameraViewOf } from '@siaga/geo';
import { Route } from '@siaga/service';
import { Store, trusted } from '@siaga/store';
import { Things } from '../../register/things.store.ts';
import { cameraKind, type CameraDocument } from '../camera-kind.ts';
import { cameraStates, type StoredCameraState } from '../watch/state-documents.ts';

/** Which cameras to open for a place. */
@Controller()
export class NearController {
  constructor(
    private readonly things: Things,
    private readonly store: Store,
  ) {}

  @Route(ListCamerasNear)
  async near({ query }: InputOf<typeof ListCamerasNear>): Promise<AnswerOf<typeof ListCamerasNear>> {
    const { lat, lng, withinM, limit } = query;
    const all = (await this.things.allSeen(cameraKind, {})) as unknown as (CameraDocument & { _id: string })[];
    const nearest = all
      .map((camera) => ({ camera, ...cameraViewOf({ lat, lng }, camera) }))
      .filter(({ distanceM }) => distanceM <= withinM)
      .sort(bestViewFirst)
      .slice(0, limit);
    const ids = nearest.map(({ camera }) => camera._id);
    const states = await this.store
      .of(cameraStates)
      .find({ _id: trusted({ $in: ids }) } as never)
      .lean<StoredCameraState[]>();
    const stateOf = new Map(states.map((state) => [state._id, state]));
    const items = nearest.map(({ camera: { _id, name, owner, place }, ...stands }) => {
      const { health = 'unchecked', lastPictureAtMs } = stateOf.get(_id) ?? {};
      return { cameraId: _id, name, owner, place: { lat: place.lat, lng: place.lng }, ...stands, health, lastPictureAtMs }; // prettier-ignore
    });
    return { items };
  }
}
