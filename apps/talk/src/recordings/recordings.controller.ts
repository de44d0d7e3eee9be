import { Controller, StreamableFile } from '@nestjs/common';
import { Fault, GetRecordingAudio, ListRecordings, belongsTo, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { Blobs } from '@siaga/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordingOf } from './burst-document.ts';
import { BurstsStore } from './bursts.store.ts';

/** What was said, found again. */
@Controller()
export class RecordingsController {
  constructor(
    private readonly bursts: BurstsStore,
    private readonly blobs: Blobs,
  ) {}

  @Route(ListRecordings)
  async list({ query }: InputOf<typeof ListRecordings>) {
    const { items, next } = await this.bursts.page(query, currentContext().principal);
    return { items: items.map(recordingOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetRecordingAudio)
  async audio({ params }: InputOf<typeof GetRecordingAudio>, _: FastifyRequest, reply: FastifyReply) {
    const { agencies, hash, bytes, contentType } = recordingOf(await this.bursts.get(params.recordingId));
    const { principal } = currentContext();
    // by who was meant when it was said, also after the group is gone
    if (!belongsTo(principal, agencies))
      throw new Fault('forbidden', 'rekaman ini bukan untuk OPD Anda · not for your agency');
    void reply.headers({ 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" });
    return new StreamableFile(await this.blobs.get(hash), { type: contentType, length: bytes });
  }
}
