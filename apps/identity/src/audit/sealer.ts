import { Controller } from '@nestjs/common';
import { OnEvents } from '@siaga/bus';
import { ActionAttempted, ActionConcluded, type AuditRecord, type CloudEvent } from '@siaga/contracts';
import { chained } from '@siaga/identity';
import { AuditRecords } from './records.store.ts';

/** Chains what the log says of actions, in its order. A repeat of the log adds nothing. */
@Controller()
export class Sealer {
  constructor(private readonly records: AuditRecords) {}

  @OnEvents([ActionAttempted, ActionConcluded])
  async seal(events: CloudEvent<ActionAttempted | ActionConcluded>[]) {
    const told = events.map(({ type, data }) => ({ name: type, data }) as AuditRecord['event']);
    // looked up before the head: what another process seals in between makes the append fail
    const fresh = await this.records.unsealed(told);
    await this.records.append(chained(await this.records.head(), fresh));
  }
}
