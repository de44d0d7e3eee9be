import {
  AcknowledgeAlarms,
  AssignAlarm,
  NoteAlarm,
  ShelveAlarm,
  UnshelveAlarm,
  type AlarmOutcome,
} from '@siaga/contracts';
import { call } from '../city/api.ts';

/** What an operator can ask of one alarm. */
export type Command =
  | { act: 'acknowledge'; reason?: string }
  | { act: 'assign'; assignee?: string; instead?: string }
  | { act: 'shelve'; untilMs: number; reason: string }
  | { act: 'unshelve' }
  | { act: 'note'; text: string };

/** Sends a command; repeats under one key count once. Answers what an acknowledgement met when it was not the first. */
export async function perform(
  alarmId: string,
  command: Command,
  idempotencyKey: string,
): Promise<AlarmOutcome | undefined> {
  const params = { alarmId };
  const options = { idempotencyKey };
  switch (command.act) {
    case 'acknowledge': {
      const { reason } = command;
      const body = { alarmIds: [alarmId], ...(reason === undefined ? {} : { reason }) };
      const { items } = await call(AcknowledgeAlarms, { body }, options);
      return items.find(({ outcome }) => outcome !== 'done');
    }
    case 'assign': {
      const { assignee, instead } = command;
      const body = { ...(assignee === undefined ? {} : { assignee }), ...(instead === undefined ? {} : { instead }) };
      await call(AssignAlarm, { params, body }, options);
      return undefined;
    }
    case 'shelve': {
      const { untilMs, reason } = command;
      await call(ShelveAlarm, { params, body: { untilMs, reason } }, options);
      return undefined;
    }
    case 'unshelve':
      await call(UnshelveAlarm, { params }, options);
      return undefined;
    case 'note':
      await call(NoteAlarm, { params, body: { text: command.text } }, options);
      return undefined;
  }
}
