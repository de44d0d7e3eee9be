import { Controller } from '@nestjs/common';
import { Fault, GetSurroundings, kindsWithPatients, type AnswerOf, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { CallsStore } from '../calls/calls.store.ts';
import { Suggestions } from '../dispatch/suggestions.ts';
import { HospitalsStore } from '../hospitals/hospitals.store.ts';
import { CityAround } from './city-around.ts';

/** What a call-taker wants to know of the place while somebody still speaks. */
@Controller()
export class SurroundingsController {
  constructor(
    private readonly calls: CallsStore,
    private readonly suggestions: Suggestions,
    private readonly hospitals: HospitalsStore,
    private readonly city: CityAround,
  ) {}

  @Route(GetSurroundings)
  async look({ params }: InputOf<typeof GetSurroundings>): Promise<AnswerOf<typeof GetSurroundings>> {
    const { place, kind, incidentId, exercise } = await this.calls.get(params.callId);
    if (place === undefined)
      throw new Fault('conflict', `panggilan ${params.callId} belum punya tempat: isi dulu · the call has no place yet`); // prettier-ignore
    const need = { kind, tag: undefined, level: 1 as const, place, assignments: [], exercise };
    const mayHurt = kind === undefined || kindsWithPatients.has(kind);
    const [{ parts }, incidents, hospitals] = await Promise.all([
      this.suggestions.for(need),
      this.city.incidents(place, { exercise, except: incidentId }),
      mayHurt ? this.hospitals.all() : [],
    ]);
    return {
      ...(place.kelurahanCode !== undefined && { kelurahanCode: place.kelurahanCode }),
      ...{ parts, incidents },
      hospitals: this.city.hospitals(place, { exercise, all: hospitals }),
      cameras: this.city.cameras(place, { exercise }),
      alarms: this.city.alarms(place, { exercise }),
    };
  }
}
