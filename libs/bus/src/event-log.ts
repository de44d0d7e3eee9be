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
} from '@siaga/engine';
