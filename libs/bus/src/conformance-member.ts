import { openEventLog } from './open-event-log.ts';

/**
 * A member of a group in a process of its own: `group topic [hold-work]`. Says `joined`, then the values of each batch;
 * with `hold-work` its first batch is done when it is told `finish`. Told `report`, it says every value it was handed.
 */
const [group = '', topic = '', mode] = process.argv.slice(2);
const log = await openEventLog(process.env);
const handled: number[] = [];

const finish = new Promise<void>((resolve) => {
  process.on('message', (message) => {
    if (message === 'finish') resolve();
    if (message === 'report') process.send?.(handled);
  });
});
process.on('disconnect', () => process.exit(0));

await log.join({
  group,
  topics: [topic],
  onBatch: async ({ records }) => {
    const values = records.map(({ value }) => Number(value));
    const first = handled.length === 0;
    handled.push(...values);
    if (first || mode === undefined) process.send?.(values);
    if (!first || mode === undefined) return;
    await finish;
    process.send?.('finished');
  },
});
process.send?.('joined');
