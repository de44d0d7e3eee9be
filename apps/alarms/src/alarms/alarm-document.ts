import { AlarmChanged, type AlarmLogged, type Area } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

/** One step in an alarm's timeline; what it is about, the alarm itself says. */
export type TimelineStep = Omit<AlarmLogged, 'alarmId' | 'thing' | 'name' | 'kind' | 'agency'>;

type Optional = 'detail' | 'clearedBy' | 'absorbedInto' | 'acknowledgement' | 'assignee' | 'shelvedUntilMs';
type Said = Omit<AlarmChanged, 'alarmId' | 'version' | Optional | 'clearedAtMs' | 'place' | 'area'> & {
  [Field in Optional | 'clearedAtMs' | 'place']?: AlarmChanged[Field] | undefined;
};

/** An alarm as the rules see it: what screens are told, and what it does next. */
export interface Alarm extends Said {
  /** The condition it is raised for: `lamp:PJU-0142/supplyLoss`. */
  conditionKey: string;
  /** `lamp:PJU-0142` */
  thingKey: string;
  exercise: boolean;
  /** Over for so long that screens are not told of it any more; lists are. */
  archived: boolean;
  area?: Area | undefined;
  /** When it is escalated next, should nobody answer. */
  escalateAtMs?: number | undefined;
  /** When there is something to do with it; the store's timers look at it. */
  wakeAtMs?: number | undefined;
  /** Its place in lists; see `orderOf`. */
  order: string;
  /** How many steps it has taken. */
  steps: number;
}

export interface AlarmDocument extends Omit<Alarm, 'wakeAtMs'> {
  /** The last of its steps, oldest first; read only where they are asked for. */
  timeline?: TimelineStep[];
}

/** Alarms; `_id` is the alarmId. */
export const alarms = defineCollection<AlarmDocument>({
  name: 'alarms_alarms',
  fields: {
    conditionKey: { type: String, required: true },
    thingKey: { type: String, required: true },
    exercise: { type: Boolean, required: true },
    archived: { type: Boolean, required: true },
    order: { type: String, required: true },
    steps: { type: Number, required: true },
    timeline: { type: [Object], default: undefined, select: false },
    escalateAtMs: Number,
    thing: { type: Object, required: true },
    name: { type: String, required: true },
    kind: { type: String, required: true },
    agency: { type: String, required: true },
    severity: { type: String, required: true },
    worstSeverity: { type: String, required: true },
    lifeRisk: { type: Boolean, required: true },
    basis: { type: String, required: true },
    detail: String,
    status: { type: String, required: true },
    clearedBy: String,
    absorbedInto: String,
    acknowledgement: { type: Object, default: undefined },
    assignee: String,
    shelvedUntilMs: Number,
    escalatedTimes: { type: Number, required: true },
    reopenedTimes: { type: Number, required: true },
    sinceMs: { type: Number, required: true },
    raisedAtMs: { type: Number, required: true },
    changedAtMs: { type: Number, required: true },
    clearedAtMs: Number,
    affected: { type: Object, required: true },
    kelurahanCodes: { type: [String], required: true },
    place: { type: Object, default: undefined },
    area: { type: Object, default: undefined },
  },
  indexes: [
    // two processes that raise the same at the same moment: one does
    { name: 'active', fields: { conditionKey: 1 }, unique: true, where: { status: 'active' } },
    { name: 'condition', fields: { conditionKey: 1, clearedAtMs: 1 } },
    { name: 'order', fields: { order: 1 } },
    { name: 'agency', fields: { agency: 1, order: 1 } },
    { name: 'thing', fields: { thingKey: 1, order: 1 } },
    { name: 'status', fields: { status: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(AlarmChanged, (stored) => (stored.archived ? null : alarmOf(stored))),
});

export type StoredAlarm = Stored<AlarmDocument>;

/** What screens and callers are told of an alarm: what the contract names, and nothing else. */
export function alarmOf({ _id, ...stored }: StoredAlarm): AlarmChanged {
  return AlarmChanged.data.parse({ alarmId: _id, ...stored });
}
