import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EVENT_LOG, ServiceReports, type EventLog } from '@siaga/bus';
import type { StorageReport } from '@siaga/contracts';
import { metrics } from '@siaga/service';
import { Gauge } from 'prom-client';

const settings = { labelNames: ['city'], registers: [metrics] };
const used = new Gauge({ name: 'siaga_storage_used_bytes', help: 'Disk that log and documents take', ...settings });
const free = new Gauge({ name: 'siaga_storage_free_bytes', help: 'Disk left where they lie', ...settings });
const full = new Gauge({ name: 'siaga_storage_full', help: '1: writes are refused, the disk is full', ...settings });
const backupAge = new Gauge({
  name: 'siaga_backup_age_seconds',
  help: 'Age of the last backup outside the data folder; without one, of the log itself',
  ...settings,
});

/** Tells each city of the embedded engine's disk and backups with each report: they share them. With Kafka and MongoDB their own tools do. */
@Injectable()
export class Storage implements OnApplicationBootstrap {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly reports: ServiceReports,
  ) {}

  onApplicationBootstrap(): void {
    this.reports.add(async (city) => {
      const storage = await this.log.storage?.();
      if (storage === undefined) return {};
      measure(city, storage);
      return { storage };
    });
  }
}

function measure(city: string, storage: StorageReport): void {
  used.set({ city }, storage.usedBytes);
  free.set({ city }, storage.freeBytes);
  full.set({ city }, storage.full ? 1 : 0);
  backupAge.set({ city }, Math.max(0, Date.now() - (storage.lastBackup?.atMs ?? storage.sinceMs)) / 1000);
}
