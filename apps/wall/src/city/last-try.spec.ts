import { describe, expect, it } from '@jest/globals';
import { createClient, ListHandOvers, NoteAlarm, UnshelveAlarm } from '@siaga/contracts';
import { lastTryClient } from './last-try.ts';

/** A form against a network that loses what `isLost` says; and the keys its requests came under. */
function formOf(isLost: (request: number) => boolean) {
  const keys: (string | null)[] = [];
  const send: typeof fetch = (_to, init) => {
    keys.push(new Headers(init?.headers).get('idempotency-key'));
    return isLost(keys.length) ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(Response.json({}));
  };
  let made = 0;
  const newKey = () => `key-${String((made += 1))}`;
  return { keys, call: lastTryClient(createClient({ baseUrl: 'http://city', fetch: send }), newKey) };
}

const note = (text: string) => ({ params: { alarmId: 'alarm-01' }, body: { text } });

describe('what one form sends', () => {
  it('goes under the key of its first try until it is answered', async () => {
    const { keys, call } = formOf((request) => request < 3);
    await expect(call(NoteAlarm, note('MCB diganti'))).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(call(NoteAlarm, note('MCB diganti'))).rejects.toMatchObject({ kind: 'unavailable' });
    await call(NoteAlarm, note('MCB diganti'));
    await call(NoteAlarm, note('MCB diganti'));
    expect(keys).toEqual(['key-1', 'key-1', 'key-1', 'key-2']);
  });

  it('is another press when the form changed, or something else is asked, also when it changes back', async () => {
    const { keys, call } = formOf(() => true);
    const said = [note('a'), note('b'), note('a')];
    for (const request of said) await expect(call(NoteAlarm, request)).rejects.toThrow();
    await expect(call(UnshelveAlarm, { params: { alarmId: 'alarm-01' } })).rejects.toThrow();
    expect(keys).toEqual(['key-1', 'key-2', 'key-3', 'key-4']);
  });

  it('keeps what else the call was told', async () => {
    const ended = AbortSignal.abort();
    let seen: AbortSignal | undefined;
    const client = lastTryClient(
      createClient({
        baseUrl: 'http://city',
        fetch: (_to, init) => {
          seen = init?.signal ?? undefined;
          return Promise.resolve(Response.json({ items: [] }));
        },
      }),
      () => 'key',
    );
    await client(ListHandOvers, { query: { agency: 'dlh' } }, { signal: ended });
    expect(seen).toBe(ended);
  });
});
