import { Controller } from '@nestjs/common';
import { AdoptDevice, GetTruck, ListTrucks, RegisterTruck, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { TrucksStore } from './trucks.store.ts';

/** The register of trucks. */
@Controller()
export class TrucksController {
  constructor(private readonly trucks: TrucksStore) {}

  @Route(RegisterTruck)
  register({ body }: InputOf<typeof RegisterTruck>) {
    return this.trucks.register(body, { once: currentContext().press });
  }

  @Route(ListTrucks)
  list({ query }: InputOf<typeof ListTrucks>) {
    return this.trucks.list(query);
  }

  @Route(GetTruck)
  get({ params }: InputOf<typeof GetTruck>) {
    return this.trucks.get(params.truckId);
  }

  @Route(AdoptDevice)
  adopt({ params, body }: InputOf<typeof AdoptDevice>) {
    return this.trucks.adopt(params.truckId, body);
  }
}
