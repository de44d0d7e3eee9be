import type { Message } from './dialects.ts';
import type { Answer } from './tracker.ts';

/** A phone gives up on an answer after so long. */
const PATIENCE_MS = 10_000;

/** Answers after which a device tries the same message again; every other refusal is final. */
const laterStatus = new Set([408, 425, 429]);

/** Sends a device's message to the gateway, as the device would: without any token. */
export async function knock(gatewayUrl: string, message: Message, stop: AbortSignal): Promise<Answer> {
  const init: RequestInit = {
    method: message.method,
    headers: message.contentType === undefined ? {} : { 'content-type': message.contentType },
    signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
  };
  if (message.body !== undefined) init.body = message.body;
  try {
    const response = await fetch(gatewayUrl + message.path, init);
    await response.arrayBuffer();
    if (response.ok) return 'taken';
    return response.status >= 500 || laterStatus.has(response.status) ? 'later' : 'refused';
  } catch {
    // no route, reset, too slow: to a phone they are all the same
    return 'later';
  }
}
