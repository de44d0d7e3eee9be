/**
 * Whether a phone rings in a pocket. `insecure`: opened without HTTPS, where browsers allow none of it. `install-first`: an
 * iPhone rings only from its home screen. `unsupported`: this browser never does. `refused`: somebody said no, and only the
 * browser's own settings take that back.
 */
export type Pocket = 'insecure' | 'install-first' | 'unsupported' | 'refused' | 'off' | 'on';

interface PhoneFacts {
  readonly isSecure: boolean;
  readonly hasPush: boolean;
  readonly isApple: boolean;
  readonly permission: NotificationPermission;
  readonly isSubscribed: boolean;
}

export function pocketOf({ isSecure, hasPush, isApple, permission, isSubscribed }: PhoneFacts): Pocket {
  if (!isSecure) return 'insecure';
  if (!hasPush) return isApple ? 'install-first' : 'unsupported';
  if (permission === 'denied') return 'refused';
  return permission === 'granted' && isSubscribed ? 'on' : 'off';
}
