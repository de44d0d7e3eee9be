import type { DeviceCredentials } from '@siaga/contracts';
import { ageMs } from '../../link/age.ts';
import type { AdminText } from '../../text/admin-words.ts';
import type { Format } from '../../text/format.ts';

/** How a device proves itself, in words. */
export function standingOf(
  { hasKey, keyIssuedAtMs, previousKeyUntilMs, networks }: DeviceCredentials,
  { text: { admin: words }, format, nowMs }: { text: AdminText; format: Format; nowMs: number },
): string[] {
  const said = [
    hasKey && keyIssuedAtMs !== undefined ? words.keyIssued(format.duration(ageMs(keyIssuedAtMs, nowMs))) : words.noKey,
  ];
  if (previousKeyUntilMs !== undefined && previousKeyUntilMs > nowMs)
    said.push(words.previousUntil(format.moment(previousKeyUntilMs, nowMs)));
  if (networks.length > 0) said.push(words.networksOf(networks.join(', ')));
  return said;
}
