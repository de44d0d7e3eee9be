import { describe, expect, it } from '@jest/globals';
import type { Saying } from '../telemetry/saying.ts';
import { DeviceLine } from './device-line.ts';

const saying = (raw: string): Saying => ({ deviceId: 'D', raw, refused: { reason: 'malformed', detail: '' } });
const sayings = (count: number, raw = 'x') => Array.from({ length: count }, () => saying(raw));

/** A line whose log is written by hand. */
function line() {
  const writes: { raws: string[]; ok: () => void; fail: (error: Error) => void }[] = [];
  const heard: string[] = [];
  const device = new DeviceLine(async (some) => {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const ok = () => {
      resolve(undefined);
    };
    writes.push({ raws: some.map(({ raw }) => raw), ok, fail: reject });
    await promise;
  });
  const say = (name: string, some = [saying(name)]) =>
    device.say(some).then(
      () => heard.push(name),
      (error: unknown) => heard.push(`${name}: ${(error as Error).message}`),
    );
  return { device, writes, heard, say };
}
const turns = async () => {
  for (let count = 0; count < 5; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('what a device says', () => {
  it('goes to the log together, one write at a time, and is acknowledged in its order after it', async () => {
    const { writes, heard, say } = line();
    void say('a');
    void say('b');
    await turns();
    void say('c');
    await turns();
    expect(writes.map(({ raws }) => raws)).toEqual([['a', 'b']]);
    expect(heard).toEqual([]);
    writes[0]?.ok();
    await turns();
    expect(heard).toEqual(['a', 'b']);
    expect(writes[1]?.raws).toEqual(['c']);
    writes[1]?.ok();
    await turns();
    expect(heard).toEqual(['a', 'b', 'c']);
  });

  it('is at most a hundred reports at a time, but for one message that holds more', async () => {
    const { writes, say } = line();
    for (const [name, count] of Object.entries({ a: 60, b: 40, c: 1, d: 130 })) void say(name, sayings(count, name));
    const sizes = [];
    for (let count = 0; count < 3; count += 1) {
      await turns();
      sizes.push(writes[count]?.raws.length);
      writes[count]?.ok();
    }
    expect(sizes).toEqual([100, 1, 130]);
  });

  it('is taken no more once something could not be: nothing later overtakes it', async () => {
    const { writes, heard, say } = line();
    void say('a');
    await turns();
    void say('b');
    writes[0]?.fail(new Error('no log'));
    await turns();
    void say('c');
    await turns();
    expect(heard).toEqual(['a: no log', 'b: no log', 'c: no log']);
    expect(writes).toHaveLength(1);
  });

  it('ends when its line is cut', async () => {
    const { device, writes, heard, say } = line();
    void say('a');
    device.end(new Error('cut'));
    await turns();
    expect(heard).toEqual(['a: cut']);
    expect(writes).toEqual([]);
  });
});
