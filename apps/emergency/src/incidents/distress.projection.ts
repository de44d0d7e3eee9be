import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { DistressChanged, Fault, type EmergencyPlace } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { placed } from '../calls/place-in-city.ts';
import { followed, toldLater } from './caller-rules.ts';
import { IncidentsStore } from './incidents.store.ts';

/** An officer alone is more than one unit's work: Polsek is told, too. */
const LEVEL = 2;
const WORDS = 'Petugas menekan tombol darurat HT.';

/** An officer in danger is an incident of its own, whatever he was doing; a repeat opens it once. */
@Controller()
export class DistressProjection {
  constructor(private readonly incidents: IncidentsStore) {}

  @On(DistressChanged)
  async changed({ distressId, principalId, agency, position, raisedAtMs, ended }: DistressChanged): Promise<void> {
    const incidentId = distressId.replace(/^DRT/, 'INS');
    const place: EmergencyPlace | undefined = position && {
      ...{ lat: position.lat, lng: position.lng, uncertaintyM: Math.round(position.accuracyM), source: 'unit' },
    };
    const known = await this.incidents.find(incidentId);
    if (known === undefined) {
      // what is over and was never heard of is opened, too: somebody asked for help
      const { exercise } = currentContext();
      const opening = {
        kind: 'officer-distress' as const,
        place,
        words: WORDS,
        exercise,
        level: LEVEL,
        told: [agency],
      } as const;
      await this.incidents.create(incidentId, opening, { by: principalId, nowMs: raisedAtMs }).catch(unlessMade);
    } else if (ended === undefined && place !== undefined) {
      // merged, it is the one that goes on that is searched for him
      const { _id: home } = await this.incidents.goingOn(incidentId);
      const at = placed(place);
      await this.incidents.turn(
        home,
        (incident, { nowMs }) =>
          home === incidentId ? followed(incident, at, nowMs) : toldLater(incident, { place: at }, { nowMs }),
        principalId,
      );
    }
  }
}

/** It was heard twice at one moment. */
function unlessMade(error: unknown): undefined {
  if (error instanceof Fault && error.kind === 'conflict') return undefined;
  throw error;
}
