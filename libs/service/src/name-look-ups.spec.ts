import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { NameLookUps } from './name-look-ups.ts';
import { guardedLookup } from './networks.ts';
import { TooLate } from './within-ms.ts';

const found: LookupAddress[] = [{ address: '203.0.113.7', family: 4 }];

/** A name server that is silent until it is told to answer. */
function silentServer() {
  const asked: string[] = [];
  const waiting: { done: (found: LookupAddress[]) => void; failed: (cause: Error) => void }[] = [];
  const resolve = (host: string) => {
    asked.push(host);
    return new Promise<LookupAddress[]>((done, failed) => waiting.push({ done, failed }));
  };
  return { asked, resolve, waiting };
}

describe('a name that nobody answers for', () => {
  it('is asked for once, however many want to know, and again when that was answered', async () => {
    const { asked, resolve, waiting } = silentServer();
    const names = new NameLookUps(resolve);
    const wanting = Array.from({ length: 50 }, () => names.of('push.example'));
    const other = names.of('hook.example');
    expect(asked).toEqual(['push.example', 'hook.example']);
    waiting[0]?.done(found);
    waiting[1]?.failed(new Error('ENOTFOUND'));
    expect(await Promise.all(wanting)).toEqual(wanting.map(() => found));
    await expect(other).rejects.toThrow('ENOTFOUND');
    void names.of('push.example');
    void names.of('hook.example');
    expect(asked.slice(2)).toEqual(['push.example', 'hook.example']);
    for (const one of waiting) one.done(found);
  });

  it('is waited for so long and no longer, and not asked for anew before it is answered', async () => {
    const { asked, resolve, waiting } = silentServer();
    const names = new NameLookUps(resolve, 5);
    await expect(names.of('push.example')).rejects.toThrow(TooLate);
    await expect(names.of('push.example')).rejects.toThrow(TooLate);
    expect(asked).toHaveLength(1);
    waiting[0]?.failed(new Error('EAI_AGAIN')); // when nobody waits any more
    await expect(names.of('push.example')).rejects.toThrow('EAI_AGAIN');
    await expect(names.of('push.example')).rejects.toThrow(TooLate);
    expect(asked).toHaveLength(2);
  });

  it('keeps a socket waiting no longer either, and each socket looks at the answer itself', async () => {
    const { resolve, waiting } = silentServer();
    const seen = (refuse: () => void, names: NameLookUps) =>
      new Promise((done) => {
        guardedLookup(refuse, names)('push.example', {}, (error, address) => {
          done(error ?? address);
        });
      });
    const refusal = new Error('not there');
    const names = new NameLookUps(resolve);
    const both = [
      seen(() => undefined, names),
      seen(() => {
        throw refusal;
      }, names),
    ];
    waiting[0]?.done(found);
    expect(await Promise.all(both)).toEqual(['203.0.113.7', refusal]);
    expect(await seen(() => undefined, new NameLookUps(resolve, 5))).toBeInstanceOf(TooLate);
  });
});
