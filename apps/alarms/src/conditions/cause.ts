import { AlarmCause } from '@siaga/contracts';
import { cappedSeverity } from '../alarms/severities.ts';
import type { StoredCondition } from './condition-document.ts';

/** A condition as the tree of causes shows it. */
export function causeOf({ _id, ...condition }: StoredCondition): AlarmCause {
  return AlarmCause.parse({ ...condition, conditionKey: _id, severity: cappedSeverity(condition) });
}
