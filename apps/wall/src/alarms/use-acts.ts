import { AcknowledgeAlarms, type AlarmChanged } from '@siaga/contracts';
import { useMemo } from 'react';
import { showArea, showPlace } from '../map/view.ts';
import { useFocus } from '../room/focus.tsx';
import { isLocalOperator } from '../session/me/name-of.ts';
import { useMay, useMe } from '../session/session-context.tsx';
import { useDesk, type Act } from './alarms-context.tsx';
import { ALARM } from './kinds.ts';
import { isUnanswered } from './queue/queue.ts';

/** What who is signed in may do with alarms, each from a key or a button alike. */
export interface Acts {
  /** Whether he may do anything but look. */
  mayAct: boolean;
  /** Whether an alarm can be given to him: nobody can hold one who has no name. */
  mayHold: boolean;
  /** Opens the form of an act in the panel of the alarm. */
  begin: (alarm: AlarmChanged, act: Act) => void;
  /** Takes the alarm, or lets go of it. */
  take: (alarm: AlarmChanged) => void;
  /** Asks until when, or brings back what was put aside. */
  shelve: (alarm: AlarmChanged) => void;
  acknowledge: (alarm: AlarmChanged) => void;
  showOnMap: (alarm: AlarmChanged) => void;
}

/** Acts on alarms for the one who is signed in. */
export function useActs(): Acts {
  const me = useMe();
  const may = useMay();
  const { show } = useFocus();
  const { openForm, send } = useDesk();
  return useMemo(() => {
    const begin = (alarm: AlarmChanged, act: Act) => {
      openForm({ alarmId: alarm.alarmId, act });
      show(ALARM, alarm.alarmId);
    };
    return {
      mayAct: may(AcknowledgeAlarms),
      mayHold: may(AcknowledgeAlarms) && me.kind === 'person' && !isLocalOperator(me),
      begin,
      take: ({ alarmId, assignee }) => {
        const mine = assignee === me.principalId;
        const instead = assignee === undefined ? {} : { instead: assignee };
        void send(alarmId, { act: 'assign', ...(mine ? {} : { assignee: me.principalId }), ...instead });
      },
      shelve: (alarm) => {
        if (alarm.shelvedUntilMs === undefined) begin(alarm, 'shelve');
        else void send(alarm.alarmId, { act: 'unshelve' });
      },
      acknowledge: (alarm) => {
        if (isUnanswered(alarm)) begin(alarm, 'acknowledge');
        else show(ALARM, alarm.alarmId);
      },
      showOnMap: ({ area, place }) => {
        if (area !== undefined) showArea(area);
        else if (place !== undefined) showPlace(place);
      },
    };
  }, [me, may, show, openForm, send]);
}
