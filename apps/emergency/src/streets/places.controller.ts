import { Controller } from '@nestjs/common';
import { FindPlaces, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { OpenMaps, type NamedPlace } from '@siaga/streets';

/** Places of the imported street map, by name. */
@Controller()
export class PlacesController {
  constructor(private readonly maps: OpenMaps) {}

  @Route(FindPlaces)
  async find({ query: { q, lat, lng, limit } }: InputOf<typeof FindPlaces>) {
    const map = await this.maps.of(currentContext().city);
    const near = lat === undefined || lng === undefined ? undefined : { lat, lng };
    const found = map?.places.find(q, { near, most: limit }) ?? [];
    return { items: found.map(placeOf) };
  }
}

const placeOf = ({ id, kind, name, about, lat, lng, uncertaintyM }: NamedPlace) => ({
  ...{ placeId: id, kind, name, lat, lng, uncertaintyM },
  ...(about === undefined ? {} : { about }),
});
