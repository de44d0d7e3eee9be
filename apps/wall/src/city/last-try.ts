import type { CallOptions, Client } from '@siaga/contracts';

/**
 * A client for the commands of one form. What is said again after it failed goes under the key of its first try, because
 * perhaps only the answer was lost, and nothing shall count twice. Something else, or the same after it was answered, is
 * another press.
 */
export function lastTryClient(call: Client, newKey: () => string): Client {
  let lastTry: { said: string; key: string } | undefined;
  const send = async (route: { name: string }, request: unknown, options: CallOptions = {}) => {
    const said = JSON.stringify([route.name, request]);
    const now = lastTry?.said === said ? lastTry : { said, key: newKey() };
    lastTry = now;
    const answer: unknown = await call(route as never, request as never, { ...options, idempotencyKey: now.key });
    if (lastTry === now) lastTry = undefined;
    return answer;
  };
  return send as Client;
}
