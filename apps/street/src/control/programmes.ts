import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import {
  LampProgrammeAssigned,
  LampProgrammeChanged,
  sunProgramme,
  thingOfKey,
  type LampProgramme,
  type Place,
} from '@siaga/contracts';
import { CityRecords, currentContext, PerCity, RouteSettings } from '@siaga/service';
import { StreetRegister } from '../register/street-register.ts';
import { levelAt, nextSwitch, switchesBetween, type Somewhere, type Switching } from './programme-rules.ts';

interface CityProgrammes {
  programmes: Table<LampProgrammeChanged>;
  assigned: Table<LampProgrammeAssigned>;
}

/** What lamps and panels of the context's city do by themselves: what is said of the lamp, else of its panel, else the sun. */
@Injectable()
export class Programmes implements OnModuleInit {
  readonly #cities: PerCity<CityProgrammes>;

  constructor(
    private readonly register: StreetRegister,
    private readonly records: CityRecords,
    bus: EventBus,
    { cities }: RouteSettings,
  ) {
    this.#cities = new PerCity(cities, (city) => ({
      programmes: bus.table(LampProgrammeChanged, city),
      assigned: bus.table(LampProgrammeAssigned, city),
    }));
  }

  async onModuleInit(): Promise<void> {
    for (const { programmes, assigned } of this.#cities.values()) await Promise.all([programmes.ready, assigned.ready]);
  }

  /** The sun first, then those that were made, by name. */
  all(): LampProgramme[] {
    const made = [...this.#cities.here.programmes.values()];
    return [sunProgramme, ...made.sort((a, b) => a.name.localeCompare(b.name, 'id'))];
  }

  /** How many things follow each programme by name. */
  followers(): ReadonlyMap<string, number> {
    const byProgramme = Map.groupBy(this.#cities.here.assigned.values(), ({ programmeId }) => programmeId);
    return new Map([...byProgramme].map(([programmeId, some]) => [programmeId, some.length]));
  }

  isAssigned(thing: string): boolean {
    return this.#cities.here.assigned.get(thing) !== undefined;
  }

  /** What a thing follows. */
  of(thing: string): LampProgramme {
    return this.said(thing) ?? sunProgramme;
  }

  /** What somebody said that a thing follows; undefined: nobody did. */
  said(thing: string): LampProgramme | undefined {
    const { assigned, programmes } = this.#cities.here;
    const programmeId = (assigned.get(thing) ?? assigned.get(this.#panelOf(thing) ?? ''))?.programmeId;
    if (programmeId === undefined) return undefined;
    return programmeId === sunProgramme.programmeId ? sunProgramme : programmes.get(programmeId);
  }

  levelAt(thing: string, atMs: number): number {
    return levelAt(this.of(thing), atMs, this.#where(thing));
  }

  between(thing: string, fromMs: number, toMs: number): Switching[] {
    return switchesBetween(this.of(thing), { fromMs, toMs }, this.#where(thing));
  }

  /** What a programme gives now in the city, and when it switches next; undefined where the city has no place. */
  now(programme: LampProgramme, nowMs: number): { levelPercent: number; nextSwitch?: Switching } | undefined {
    const here = this.#cityItself();
    if (here === undefined) return undefined;
    const next = nextSwitch(programme, nowMs, here);
    return { levelPercent: levelAt(programme, nowMs, here), ...(next && { nextSwitch: next }) };
  }

  /** One sun for all of a city, so that it is switched at one moment; of a city nobody wrote down, that of the thing. */
  #where(thing: string): Somewhere {
    return (
      this.#cityItself() ?? { place: this.#placeOf(thing), timezone: this.records.timezoneOf(currentContext().city) }
    );
  }

  #cityItself(): Somewhere | undefined {
    const record = this.records.of(currentContext().city);
    return record === undefined ? undefined : { place: record.centre, timezone: record.timezone };
  }

  #placeOf(thing: string): Place {
    const { kind, thingId } = thingOfKey(thing);
    const { lamps, panels } = this.register.here;
    return (kind === 'lamp' ? lamps.get(thingId)?.place : panels.get(thingId)?.place) ?? { lat: 0, lng: 0 };
  }

  #panelOf(thing: string): string | undefined {
    const { kind, thingId } = thingOfKey(thing);
    const panelId = kind === 'lamp' ? this.register.here.lamps.get(thingId)?.panelId : undefined;
    return panelId === undefined ? undefined : `panel:${panelId}`;
  }
}
