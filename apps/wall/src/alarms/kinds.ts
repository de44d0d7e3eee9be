/** Kinds of focus the alarm desk registers a panel for. */
export const ALARM = 'alarm';
export const CHOSEN_ALARMS = 'chosen-alarms';
export const HAND_OVER = 'hand-over';
