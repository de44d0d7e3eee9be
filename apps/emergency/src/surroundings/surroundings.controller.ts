import { Controller } from '@nestjs/common';
import { Fault, GetSurroundings, type AnswerOf, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { CallsStore } from '../calls/calls.store.ts';
import { Suggestions } from '../dispatch/suggestions.ts';
import { CityAround } from './city-around.ts';

/** What a call-taker wants to know of the place while somebody still speaks. */
@Controller()
export class SurroundingsController {
  constructor(
    private readonly calls: CallsStore,
    private readonly suggestions: Suggestions,
    private readonly city: CityAround,
  ) {}

  @Route(GetSurroundings)
  async look({ params }: InputOf<typeof GetSurroundings>): Promise<AnswerOf<typeof GetSurroundings>> {
    const { place, kind, incidentId, exercise } = await this.calls.get(params.callId);
    if (place === undefined)
      throw new Fault('conflict', `panggilan ${params.callId} belum punya tempat: isi dulu · the call has no place yet`); // prettier-ignore
    const need = { kind, tag: undefined, level: 1 as const, place, assignments: [], exercise };
    const [{ parts }, incidents] = await Promise.all([
      this.suggestions.for(need),
      this.city.incidents(place, { exercise, except: incidentId }),
    ]);
    return {
      ...(place.kelurahanCode !== undefined && { kelurahanCode: place.kelurahanCode }),
      ...{ parts, incidents },
      cameras: this.city.cameras(place, { exercise }),
      alarms: this.city.alarms(place, { exercise }),
    };
  }
}
