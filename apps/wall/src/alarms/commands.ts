import {
  AcknowledgeAlarms,
  AssignAlarm,
  NoteAlarm,
  ShelveAlarm,
  UnshelveAlarm,
  type AlarmOutcome,
  type Client,
} from '@siaga/contracts';

/** What an operator can ask of one alarm. */
export type Command =
  | { act: 'acknowledge'; reason?: string }
  | { act: 'assign'; assignee?: string; instead?: string }
  | { act: 'shelve'; untilMs: number; reason: string }
  | { act: 'unshelve' }
  | { act: 'note'; text: string };

/** Sends a command. Answers what an acknowledgement met when it was not the first. */
export async function perform(alarmId: string, command: Command, send: Client): Promise<AlarmOutcome | undefined> {
  const params = { alarmId };
  switch (command.act) {
    case 'acknowledge': {
      const { reason } = command;
      const body = { alarmIds: [alarmId], ...(reason === undefined ? {} : { reason }) };
      const { items } = await send(AcknowledgeAlarms, { body });
      return items.find(({ outcome }) => outcome !== 'done');
    }
    case 'assign': {
      const { assignee, instead } = command;
      const body = { ...(assignee === undefined ? {} : { assignee }), ...(instead === undefined ? {} : { instead }) };
      await send(AssignAlarm, { params, body });
      return undefined;
    }
    case 'shelve': {
      const { untilMs, reason } = command;
      await send(ShelveAlarm, { params, body: { untilMs, reason } });
      return undefined;
    }
    case 'unshelve':
      await send(UnshelveAlarm, { params });
      return undefined;
    case 'note':
      await send(NoteAlarm, { params, body: { text: command.text } });
      return undefined;
  }
}
