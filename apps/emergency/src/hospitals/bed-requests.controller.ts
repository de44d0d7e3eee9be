import { Controller } from '@nestjs/common';
import {
  AcknowledgePatient,
  AnnouncePatient,
  CancelBedRequest,
  ExtendBedRequest,
  Fault,
  ReceivePatient,
  RequestBed,
  type Channel,
  type Hospital,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, numberOfPress, Route } from '@siaga/service';
import { CityStage } from '../dispatch/drill.ts';
import { IncidentsAtHand } from '../dispatch/incidents-at-hand.ts';
import {
  acknowledged,
  announced,
  cancelled,
  extended,
  received,
  requested,
  type Actor,
  type Turn,
} from './bed-rules.ts';
import { wholeHospitalOf } from './hospital-document.ts';
import type { StoredHospital } from './hospital-now.ts';
import { HospitalsStore } from './hospitals.store.ts';
import { tieTo } from './whose-hospitals.ts';

/** Beds are asked for, patients announced, read of and received. */
@Controller()
export class BedRequestsController {
  constructor(
    private readonly hospitals: HospitalsStore,
    private readonly incidents: IncidentsAtHand,
    private readonly stage: CityStage,
  ) {}

  @Route(RequestBed)
  async request({ params, body }: InputOf<typeof RequestBed>) {
    const incident = await this.incidents.open(body.incidentId);
    const asking = { ...body, incidentId: incident._id, requestId: numberOfPress('RSV') };
    return this.act(params, (hospital, actor) => {
      if (!this.stage.fits(hospital, incident)) throw mixed(hospital);
      return requested(hospital, asking, actor);
    });
  }

  @Route(ExtendBedRequest)
  extend({ params }: InputOf<typeof ExtendBedRequest>) {
    return this.act(params, (hospital, actor) => extended(hospital, params.requestId, actor));
  }

  @Route(CancelBedRequest)
  cancel({ params, body }: InputOf<typeof CancelBedRequest>) {
    return this.act(params, (hospital, actor) => cancelled(hospital, { ...body, requestId: params.requestId }, actor));
  }

  @Route(AnnouncePatient)
  announce({ params: { requestId, ...at }, body }: InputOf<typeof AnnouncePatient>) {
    return this.act(at, (hospital, actor) => announced(hospital, { requestId, note: body }, actor));
  }

  @Route(AcknowledgePatient)
  acknowledge({ params, body: { channel, announcedAtMs } }: InputOf<typeof AcknowledgePatient>) {
    const reading = { requestId: params.requestId, announcedAtMs };
    return this.act(params, (hospital, actor) => acknowledged(hospital, reading, actor), channel);
  }

  @Route(ReceivePatient)
  receive({ params: { requestId, ...at }, body: { status } }: InputOf<typeof ReceivePatient>) {
    return this.act(at, (hospital, actor) => received(hospital, { requestId, status, atMs: actor.nowMs }, actor));
  }

  private async act(
    { hospitalId }: { hospitalId: string },
    rule: (hospital: StoredHospital, actor: Actor) => Turn | undefined,
    channel?: Channel,
  ): Promise<Hospital> {
    const { principal } = currentContext();
    const actor = { by: principal.id, nowMs: Date.now(), channel };
    const after = await this.hospitals.act(hospitalId, (hospital) => {
      tieTo(hospital, principal);
      return rule(hospital, actor);
    });
    return wholeHospitalOf(after);
  }
}

const mixed = ({ name }: StoredHospital) =>
  new Fault('conflict', `${name}: latihan dan sungguhan tidak dicampur · a drill and what is real stay apart`);
