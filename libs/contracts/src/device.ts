import { z } from 'zod';
import { label } from './shapes.ts';

/** Ways a device speaks to us; each is a door `/ingest/<protocol>`: trackers, controllers of lamps, telephone systems. */
export const DeviceProtocol = z.enum(['osmand', 'owntracks', 'traccar', 'street', 'chirpstack', 'call']);
export type DeviceProtocol = z.infer<typeof DeviceProtocol>;

/** Those of trackers that ride on something. */
export const TrackerProtocol = DeviceProtocol.extract(['osmand', 'owntracks', 'traccar']);

/** The id a device sends of itself: an IMEI, a number an app made up, a topic. Never secret. */
export const DeviceId = label(100);

export const DeviceRef = z.object({ protocol: DeviceProtocol, deviceId: DeviceId });
export type DeviceRef = z.infer<typeof DeviceRef>;

/** Key of a device across protocols. */
export const deviceKey = (device: DeviceRef): string => `${device.protocol}:${device.deviceId}`;

/**
 * Stands for every device a Traccar server speaks for: the server forwards them all with one header, so its one key
 * proves them all. No tracker can be called so: Traccar's own ids are letters and digits.
 */
export const traccarServer: DeviceRef = Object.freeze({ protocol: 'traccar', deviceId: '*' });
