import { Controller } from '@nestjs/common';
import {
  ChangeDeviceCredentials,
  Fault,
  GetDeviceCredentials,
  IssueDeviceKey,
  ListDeviceCredentials,
  type AnswerOf,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route, RouteSettings } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { DevicesStore } from './devices.store.ts';
import { setUpOf } from './set-up.ts';

/** How devices prove themselves. */
@Controller()
export class DevicesController {
  constructor(
    private readonly devices: DevicesStore,
    private readonly settings: RouteSettings,
  ) {}

  @Route(ListDeviceCredentials)
  list({ query }: InputOf<typeof ListDeviceCredentials>): Promise<AnswerOf<typeof ListDeviceCredentials>> {
    return this.devices.page(currentContext().principal, query);
  }

  @Route(GetDeviceCredentials)
  get({ params }: InputOf<typeof GetDeviceCredentials>): Promise<AnswerOf<typeof GetDeviceCredentials>> {
    return this.devices.get(currentContext().principal, params);
  }

  @Route(IssueDeviceKey)
  async issueKey(
    { params }: InputOf<typeof IssueDeviceKey>,
    request: FastifyRequest,
  ): Promise<AnswerOf<typeof IssueDeviceKey>> {
    const { city, principal } = currentContext();
    const door = `${originOf(request)}/ingest${city === this.settings.city ? '' : `/${city}`}`;
    const { key, device } = await this.devices.issueKey(principal, params);
    return { key, device, setUp: setUpOf(params, { key, door }) };
  }

  @Route(ChangeDeviceCredentials)
  change({ params, body }: InputOf<typeof ChangeDeviceCredentials>): Promise<AnswerOf<typeof ChangeDeviceCredentials>> {
    const { principal, press: once } = currentContext();
    return this.devices.change(principal, params, { body, once });
  }
}

/** The city's address as the caller reached it: what a gateway in front says of it, else the `host` it asked for. */
function originOf({ protocol, host }: FastifyRequest): string {
  const address = `${protocol}://${host}`;
  if (!['http', 'https'].includes(protocol) || !URL.canParse(address))
    throw new Fault('invalid', `alamat kota tidak terbaca · not an address of a city: ${address}`);
  return new URL(address).origin;
}
