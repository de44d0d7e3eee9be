import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { AdoptDevice, GetTruck, ListTrucks, RegisterTruck, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { TrucksStore } from './trucks.store.ts';

/** The register of trucks. */
@Controller()
export class TrucksController {
  constructor(private readonly trucks: TrucksStore) {}

  @Route(RegisterTruck)
  register({ body }: InputOf<typeof RegisterTruck>, request: FastifyRequest) {
    return this.trucks.register(body, { once: onceKeyOf(request, body) });
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

/** The press this request belongs to: its Idempotency-Key, if it carries one. */
function onceKeyOf(request: FastifyRequest, body: unknown) {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return undefined;
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  return { key: key.slice(0, 100), bodyHash };
}
