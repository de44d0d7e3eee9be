import { metrics } from '@siaga/service';
import { Counter, Gauge, Histogram } from 'prom-client';

const registers = [metrics];

/**
 * From the log's time of an event to the moment its frames were handed to the sockets: the difference of two clocks, of
 * the machine that keeps the log and of this one. On one machine that is exact but for a step of its clock in between;
 * less than nothing counts as nothing. Counted only while somebody is connected.
 */
export const eventToScreenMs = new Histogram({
  name: 'siaga_live_event_to_screen_ms',
  help: 'From durable in the log to sent to the screens, milliseconds',
  labelNames: ['event'],
  buckets: [5, 10, 20, 30, 50, 75, 100, 150, 250, 500, 1000, 2500, 5000, 10_000],
  registers,
});
export const screensConnected = new Gauge({
  name: 'siaga_live_screens',
  help: 'Screens connected to the live stream',
  labelNames: ['city'],
  registers,
});
export const screensWaiting = new Gauge({
  name: 'siaga_live_screens_waiting',
  help: 'Screens being brought up to the present: new, moved or slow',
  labelNames: ['city'],
  registers,
});
export const framesSent = new Counter({
  name: 'siaga_live_frames_total',
  help: 'Frames sent: to a room at once, or to one screen that catches up',
  labelNames: ['to'],
  registers,
});
export const slowSockets = new Counter({
  name: 'siaga_live_slow_sockets_total',
  help: 'Times a screen left its room because its socket had not drained',
  registers,
});
/** How many packets wait in sockets, asked when metrics are read; one function per open door. */
export const queuedPackets = new Set<() => number>();
export const queued = new Gauge({
  name: 'siaga_live_queued_packets',
  help: 'Packets waiting in sockets of screens; the live stream keeps none there',
  registers,
  collect() {
    this.set([...queuedPackets].reduce((sum, count) => sum + count(), 0));
  },
});
export const unreadableRecords = new Gauge({
  name: 'siaga_live_unreadable_records',
  help: 'Records of the log left out because they are no event of their stream',
  labelNames: ['city'],
  registers,
});
