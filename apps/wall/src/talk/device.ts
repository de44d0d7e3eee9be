import { pressKey } from '../city/api.ts';

const DEVICE = 'siaga.talk-device';

/** How this browser is known on the voice link: the same over every reconnect. */
export function talkDevice(): string {
  const kept = localStorage.getItem(DEVICE);
  if (kept !== null) return kept;
  const made = pressKey();
  localStorage.setItem(DEVICE, made);
  return made;
}

/** Battery Status API, a W3C working draft: Chrome and Edge have it, Firefox and Safari do not. */
interface WithBattery {
  getBattery?: () => Promise<{ level: number }>;
}

/** Of this phone, as part of a request; empty where the browser does not say. */
export async function batteryNow(): Promise<{ batteryPercent?: number }> {
  const battery = await (navigator as WithBattery).getBattery?.().catch(() => undefined);
  return battery === undefined ? {} : { batteryPercent: Math.round(battery.level * 100) };
}
