import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RouteSettings, serviceContext, withContext } from '@siaga/service';
import { HospitalsStore } from './hospitals.store.ts';
import { knownHospitals } from './known-hospitals.ts';

/** Writes the hospitals a city begins with into its register, where they are not yet. */
@Injectable()
export class FirstHospitals implements OnModuleInit {
  constructor(
    private readonly hospitals: HospitalsStore,
    private readonly settings: RouteSettings,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const city of this.settings.cities)
      await withContext(serviceContext(city), async () => {
        for (const { hospitalId, ...entry } of knownHospitals[city] ?? [])
          await this.hospitals.register(hospitalId, {
            ...{ ...entry, people: [], feedClasses: {}, emsTraffic: 'normal', counted: [], requests: [] },
            ...{ changedAtMs: Date.now(), exercise: false },
          });
      });
  }
}
