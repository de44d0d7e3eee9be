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
} from './event-log.ts';
export { topicOf, topicSettings } from './topics.ts';
export { decodeEvent, encodeEvent, encodeRetraction, type EventMeta } from './envelope.ts';
export { openEventLog, type EventLogEnvironment } from './open-event-log.ts';
export { EventBus } from './event-bus.ts';
export type { Table, TableEntry } from './table.ts';
export { On, OnEvents } from './on.ts';
export { BusModule, EVENT_LOG, type BusOptions } from './bus.module.ts';
export { DeadLetterTray } from './dead-letter-tray.ts';
export { readThrough } from './read-through.ts';
export { ServiceReports, type ReportLook, type ReportPart } from './service-reports.ts';
export {
  deadLetterTopic,
  dismissDeadLetters,
  listDeadLetters,
  replayDeadLetters,
  type DeadLetter,
  type DeadLetterEntry,
} from './dead-letters.ts';
