import type { Line } from './line/line-state.ts';

/** What the button shows. */
export type Face =
  | { readonly face: 'no-link' | 'joining' | 'listen-only' | 'ready' | 'asking' | 'ending' }
  | { readonly face: 'closed'; readonly reason: string }
  | { readonly face: 'waiting'; readonly position: number }
  /** `quiet`: the floor is ours, and the microphone hears nothing. */
  | { readonly face: 'on-air' | 'quiet'; readonly listeners: number; readonly endingInMs?: number }
  | { readonly face: 'busy'; readonly principalId: string; readonly isEmergency: boolean; readonly isDrill: boolean };

/** The face of the button for one group. `isHeard`: the microphone hears a voice. */
export function faceOf(line: Line, group: { groupId: string; mayTalk: boolean }, isHeard: boolean): Face {
  if (line.link !== 'open') return { face: 'no-link' };
  const { press } = line;
  if (press?.groupId === group.groupId) {
    const { state } = press;
    if (state.at === 'has-permission') {
      const { listeners, endingInMs } = state;
      return { face: isHeard ? 'on-air' : 'quiet', listeners, ...(endingInMs !== undefined && { endingInMs }) };
    }
    if (state.at === 'queued') return { face: 'waiting', position: state.position };
    return { face: state.at === 'pending-request' ? 'asking' : 'ending' };
  }
  const membership = line.groups.get(group.groupId);
  if (membership?.refused !== undefined) return { face: 'closed', reason: membership.refused };
  if (membership?.isIn !== true) return { face: 'joining' };
  if (membership.taken !== undefined) {
    const { by, isEmergency, exercise } = membership.taken;
    return { face: 'busy', principalId: by.principalId, isEmergency, isDrill: exercise === true };
  }
  return { face: group.mayTalk ? 'ready' : 'listen-only' };
}
