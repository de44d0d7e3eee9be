const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/;

/** Where somebody else can open what this screen shows: its own address, unless only this machine can open that. */
export function reachableOrigin(
  { origin, hostname }: { origin: string; hostname: string },
  networkAddresses: readonly string[],
): { origin: string; isHereOnly: boolean } {
  if (!LOOPBACK.test(hostname)) return { origin, isHereOnly: false };
  const [first] = networkAddresses;
  return first === undefined ? { origin, isHereOnly: true } : { origin: first, isHereOnly: false };
}
