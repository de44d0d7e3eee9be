import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fault, type ImportFinding, type ImportReport, type RegisteredTruck } from '@siaga/contracts';
import {
  planImport,
  planUndo,
  readRegister,
  reportOf,
  type Plan,
  type Reading,
  type RegisterFile,
} from '@siaga/registers';
import { currentContext } from '@siaga/service';
import { ImportsStore } from './imports.store.ts';
import { rowOf, truckRegister, type TruckRow } from './truck-register.ts';
import { TruckWriter } from './truck-writer.ts';
import { TrucksStore } from './trucks.store.ts';

type Known = ReadonlyMap<string, RegisteredTruck>;

/** Imports the register of trucks from a spreadsheet, and takes an import back. */
@Injectable()
export class TruckImport {
  constructor(
    private readonly trucks: TrucksStore,
    private readonly writer: TruckWriter,
    private readonly imports: ImportsStore,
  ) {}

  /** With any error, and on a dry run, nothing is written. An import that broke off is finished by importing again. */
  async run(file: RegisterFile, dryRun: boolean): Promise<ImportReport> {
    const known = await this.known();
    const read = readRegister(truckRegister, file);
    const plan = planImport(truckRegister, rowsOf(known), read.rows);
    const reading = { ...read, errors: [...read.errors, ...devicesTaken(read, plan, known)] };
    if (dryRun || reading.errors.length > 0 || plan.steps.length === 0) return reportOf(reading, plan);
    const importId = randomUUID();
    const by = currentContext().principal.id;
    // before the trucks: also an import that breaks off can be looked up
    await this.imports.keep({ importId, atMs: Date.now(), by, fileName: file.name, steps: plan.steps });
    await this.writer.write(
      plan.steps.map(({ after }) => after),
      known,
    );
    return reportOf(reading, plan, importId);
  }

  /** `conflict` names the trucks that were changed since; then nothing is written. */
  async undo(importId: string): Promise<{ removed: number; restored: number }> {
    const [record, known] = await Promise.all([this.imports.get(importId), this.known()]);
    const { remove, restore, conflicts } = planUndo(record, rowsOf(known));
    if (conflicts.length > 0)
      throw new Fault('conflict', `tidak dibatalkan, karena sudah diubah sejak impor: ${conflicts.join(', ')}`);
    for (const truck of remove.flatMap((truckId) => known.get(truckId) ?? [])) await this.trucks.remove(truck);
    await this.writer.write(
      restore.map(({ row }) => row),
      known,
    );
    await this.imports.markUndone(importId);
    return { removed: remove.length, restored: restore.length };
  }

  private async known(): Promise<Known> {
    return new Map((await this.trucks.all()).map((truck) => [truck.truckId, truck]));
  }
}

const rowsOf = (known: Known) => new Map([...known].map(([truckId, truck]) => [truckId, rowOf(truck)]));

/** Devices that would ride on two trucks, found before anything is written. */
function devicesTaken(
  { rows }: Reading<typeof truckRegister.columns>,
  plan: Plan<TruckRow>,
  known: Known,
): ImportFinding[] {
  const lines = new Map(rows.map(({ line, values }) => [values.truckId, line]));
  const wanted = new Map([...rowsOf(known), ...plan.steps.map(({ key, after }) => [key, after] as const)]);
  // trucks outside the file first: they keep what they have
  const inOrder = [...wanted.values()].sort((a, b) => (lines.get(a.truckId) ?? 0) - (lines.get(b.truckId) ?? 0));
  const riders = new Map<string, string>();
  const findings: ImportFinding[] = [];
  for (const { truckId, devices = [] } of inOrder) {
    for (const device of devices) {
      const rider = riders.get(device);
      const message = `Perangkat ${device} sudah dipakai truk ${rider ?? ''}. Hapus dari salah satu.`;
      if (rider === undefined) riders.set(device, truckId);
      else findings.push({ line: lines.get(truckId) ?? 1, column: truckRegister.columns.devices.headings.id, message });
    }
  }
  return findings;
}
