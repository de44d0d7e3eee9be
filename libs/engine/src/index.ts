export {
  Hold,
  type Batch,
  type EventLog,
  type Following,
  type FollowOptions,
  type From,
  type JoinOptions,
  type LogRecord,
  type Membership,
  type NewRecord,
  type TopicEnds,
  type TopicSettings,
} from './log/event-log.ts';
export { partitionOf } from './log/partition.ts';
export { connectLog } from './log/client.ts';
export { makeBackup, type BackupOptions } from './backup/ask-backup.ts';
export type { BackupState } from './backup/backups.ts';
export { endRestore, restoreBackup, type Restored, type RestoreOptions } from './backup/restore.ts';
export { startEngine, type EngineOptions, type RunningEngine } from './engine.ts';
