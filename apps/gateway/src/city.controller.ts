import { Controller, Inject, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { BeginCity, CityBegan, Fault, GetCity, StreetMap, type AnswerOf } from '@siaga/contracts';
import { CityRecords, currentContext, PerCity, Route, RouteSettings } from '@siaga/service';
import { MapFolder } from '@siaga/streets/folder';
import type { GatewayConfig } from './config.ts';

export const CONFIG = Symbol('siaga:gateway-config');

/** What a screen asks before it draws, and the end of trying things out. */
@Controller()
export class CityController implements OnModuleInit {
  readonly #began: PerCity<Table<CityBegan>>;
  readonly #maps: MapFolder;

  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly bus: EventBus,
    private readonly settings: RouteSettings,
    private readonly records: CityRecords,
  ) {
    this.#maps = new MapFolder(config.SIAGA_MAP);
    this.#began = new PerCity(settings.cities, (city) => bus.table(CityBegan, city));
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([...this.#began.values()].map(({ ready }) => ready));
  }

  @Route(GetCity)
  async city(): Promise<AnswerOf<typeof GetCity>> {
    const { SIAGA_SIMULATOR, SIAGA_DEVICE_ADDRESSES, MAP_STYLE_URL, MAP_PMTILES } = this.config;
    const { city: code } = currentContext();
    const city = this.records.of(code);
    if (city === undefined)
      throw new Fault(
        'not-found',
        `kota ${code} belum dicatat · nobody wrote down the city ${code}: npm run -s siaga -- city add`,
      );
    const began = this.#began.here.get(code);
    const streetMap = await this.#maps.manifest(code);
    return {
      city,
      simulator: SIAGA_SIMULATOR && code === this.settings.city && began === undefined,
      ...(began === undefined ? {} : { beganAtMs: began.atMs }),
      deviceAddresses: SIAGA_DEVICE_ADDRESSES,
      devicePath: code === this.settings.city ? '/ingest' : `/ingest/${code}`,
      mapPmtiles: MAP_PMTILES !== undefined,
      ...(streetMap === undefined ? {} : { streetMap: StreetMap.parse(streetMap) }),
      ...(MAP_STYLE_URL === undefined ? {} : { mapStyleUrl: MAP_STYLE_URL }),
    };
  }

  /** The services hear of it from the log and clear their own. */
  @Route(BeginCity)
  async begin(): Promise<AnswerOf<typeof BeginCity>> {
    const { city } = currentContext();
    const began = this.#began.here.get(city) ?? { city, atMs: Date.now() };
    // told again, too: a service that gave up on the first time gets another
    await this.bus.publish(CityBegan, began);
    return { beganAtMs: began.atMs };
  }
}
