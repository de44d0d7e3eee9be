import type { DeviceProtocol, DeviceSeen, RefusalReason, StorageReport } from '@siaga/contracts';

/** What the city says of itself, as far as the first hour asks. Everything here is real: nothing simulated counts. */
export interface Facts {
  /** Epoch ms by the city's clock. */
  nowMs: number;
  /** The name of who is signed in; undefined for the local operator, who has none. */
  account: string | undefined;
  /** Phones cannot reach the city: it listens on its own machine only. */
  isHereOnly: boolean;
  /** Trucks whose device reported, newest first. */
  moved: readonly { truckId: string; protocol: DeviceProtocol; atMs: number }[];
  /** Devices on no truck, newest first. */
  seen: readonly DeviceSeen[];
  /** Trucks that never got onto the map, with the last reason; newest first. */
  refused: readonly { truckId: string; reason: RefusalReason; atMs: number }[];
  /** Trucks in the register. */
  trucks: number;
  people: Told<PeopleFacts>;
  screens: Told<readonly ScreenFacts[]>;
  backup: BackupFacts;
  /** No tracker is wanted. */
  isTrackerSkipped: boolean;
  begin: { beganAtMs: number | undefined; isAnythingSimulated: boolean };
}

/** What a service answered; undefined before it did, a sentence when it would not. */
export type Told<Answer> = { answer: Answer | undefined; failure: string | undefined };

/** Names of people other than who asks. */
export interface PeopleFacts {
  /** Signed in at least once. */
  cameIn: readonly string[];
  /** Have a link they did not use yet. */
  invited: readonly string[];
}

export interface ScreenFacts {
  name: string;
  lastSeenAtMs: number | undefined;
}

/** Who backs the city up, and what is known of it. */
export type BackupFacts =
  | { by: 'siaga'; storage: StorageReport }
  /** Kafka and MongoDB have tools of their own: somebody says that he uses them. */
  | { by: 'databases'; isSaid: boolean }
  /** No gateway has reported yet. */
  | { by: 'unheard' };
