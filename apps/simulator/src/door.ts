import type { TelephoneEvent } from '@siaga/contracts';
import type { Message } from './dialects.ts';
import type { SimulatedCall } from './emergency/ringing.ts';
import type { Heard } from './pju/pju.ts';
import type { Answer } from './tracker.ts';

/** A phone gives up on an answer after so long. */
const PATIENCE_MS = 10_000;

/** Answers after which a device tries the same message again; every other refusal is final. */
const laterStatus = new Set([408, 425, 429]);

/** The city's doors, as the simulator uses them: every request carries its token, so that none passes for a real one. */
export class Doors {
  readonly #url: string;
  readonly #token: string;
  readonly #stop: AbortSignal;

  constructor(options: { url: string; token: string; stop: AbortSignal }) {
    this.#url = options.url;
    this.#token = options.token;
    this.#stop = options.stop;
  }

  /** `fetch` that ends with the simulator, and gives up in time. */
  readonly fetch: typeof fetch = (input, init) =>
    fetch(input, { ...init, signal: AbortSignal.any([this.#stop, AbortSignal.timeout(PATIENCE_MS)]) });

  /** Carries a device's message to its door. */
  async knock(message: Message): Promise<Answer> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (message.contentType !== undefined) headers['content-type'] = message.contentType;
    const body = message.body ?? null;
    try {
      const response = await this.fetch(this.#url + message.path, { method: message.method, headers, body });
      await response.arrayBuffer();
      if (response.ok) return 'taken';
      return response.status >= 500 || laterStatus.has(response.status) ? 'later' : 'refused';
    } catch {
      // no route, reset, too slow: to a phone they are all the same
      return 'later';
    }
  }

  /** Carries reports of lamps and panels to their door, which answers them one by one. */
  async report(bodies: readonly object[]): Promise<Heard> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    try {
      const init = { method: 'POST', headers, body: JSON.stringify(bodies) };
      const response = await this.fetch(`${this.#url}/ingest/street`, init);
      if (!response.ok) {
        await response.arrayBuffer();
        return response.status >= 500 || laterStatus.has(response.status) ? 'later' : 'strangers';
      }
      const { items = [] } = (await response.json()) as { items?: { reason?: string }[] };
      return items.some(({ reason }) => reason === 'unknown-device') ? 'strangers' : 'taken';
    } catch {
      return 'later';
    }
  }

  /** A call comes in at the exchange: the city's name of it; undefined where the city does not take it now. */
  async ring({ exchangeId, atMs, number }: SimulatedCall): Promise<string | undefined> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    const event: TelephoneEvent = {
      ...{ event: 'ringing', call_id: exchangeId, called_number: '112' },
      ...{ caller_number: number ?? null, event_ts: new Date(atMs).toISOString() },
    };
    try {
      const response = await this.fetch(`${this.#url}/ingest/call`, { method: 'POST', headers, body: JSON.stringify(event) }); // prettier-ignore
      const said = (await response.json()) as { callId?: string };
      return response.ok ? said.callId : undefined;
    } catch {
      return undefined;
    }
  }
}
