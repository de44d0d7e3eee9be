import { Injectable } from '@nestjs/common';
import { NOT_SET_UP } from '@siaga/contracts';
import { currentContext, Outgoing, signedHeaders } from '@siaga/service';
import type { StoredAlert } from './alert-documents.ts';
import type { Crew } from './alerts.store.ts';
import { CrewMessagesStore } from './crew-messages.store.ts';
import { refusalOf, ridesNoMore, WITHIN_MS, type Try } from './tries.ts';

/** What the address is asked to do: an interface other systems build against. */
const TYPE = 'emergency.crew.message';

/** Has one number of a crew written to by the city's address, which alone is told it. */
@Injectable()
export class MessageSender {
  constructor(
    private readonly messages: CrewMessagesStore,
    private readonly outgoing: Outgoing,
  ) {}

  async try(alert: StoredAlert, crew: Crew, signal: AbortSignal): Promise<Try> {
    const address = await this.messages.withSecret();
    if (address === undefined) return { why: NOT_SET_UP, gone: true };
    if (alert.number === undefined) return { why: 'nomor sudah dihapus · the number is gone', gone: true };
    if (!crew.some(({ number }) => number === alert.number)) return { why: ridesNoMore, gone: true };
    const { url, secret = '' } = address;
    const headers = signedHeaders({ id: alert._id, body: bodyOf(alert), secret }, Date.now());
    const { status } = await this.outgoing.post({ url, headers, body: bodyOf(alert), withinMs: WITHIN_MS, signal });
    const why = refusalOf(status);
    return why === undefined ? 'taken' : { why };
  }

  /** For whoever keeps the address. */
  async noted(outcome: Try): Promise<void> {
    const atMs = Date.now();
    await this.messages.fared(
      outcome === 'taken' ? { deliveredAtMs: atMs, failure: undefined } : { failure: { atMs, detail: outcome.why } },
    );
  }
}

/** The same on every try. */
const bodyOf = ({ assignmentId, unitName, channel, number, sentAtMs, exercise }: StoredAlert) =>
  JSON.stringify({
    type: TYPE,
    timestamp: new Date(sentAtMs).toISOString(),
    city: currentContext().city,
    exercise,
    data: { channel, number, assignmentId, unitName },
  });
