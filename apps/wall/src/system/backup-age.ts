import type { StorageReport } from '@siaga/contracts';
import { ageMs } from '../link/age.ts';

const hourMs = 3_600_000;
/** A backup a day, and two hours for the one that started late. */
export const BACKUP_WITHIN_MS = 26 * hourMs;

/** A city without a backup is given as long as one with an old one, counted from its first start or its restore. */
export function isBackupLate({ lastBackup, sinceMs }: StorageReport, atMs: number): boolean {
  return ageMs(lastBackup?.atMs ?? sinceMs, atMs) > BACKUP_WITHIN_MS;
}
