import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { DeviceAssigned, ListSeenDevices } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { SeenDevices } from './seen-devices.ts';

/** "Seen, not registered". */
@Controller()
export class SeenDevicesController {
  constructor(private readonly seen: SeenDevices) {}

  @Route(ListSeenDevices)
  list() {
    return { items: this.seen.list() };
  }

  /** However a device came to its truck (adopted, registered, imported), it is a stranger no more. */
  @On(DeviceAssigned)
  async assigned(device: DeviceAssigned): Promise<void> {
    await this.seen.forget(device);
  }
}
