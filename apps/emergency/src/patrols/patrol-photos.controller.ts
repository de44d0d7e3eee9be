import { createHash } from 'node:crypto';
import { Controller, StreamableFile } from '@nestjs/common';
import { AddPatrolPhoto, Fault, GetPatrolPhoto, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { Blobs, pictureTypeOf, plainJpeg } from '@siaga/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { patrolOf } from './patrol-document.ts';
import { photographed, pressedAtMs } from './patrol-rules.ts';
import { PatrolsStore } from './patrols.store.ts';
import { Squads } from './squads.ts';

/** Pictures of rounds. */
@Controller()
export class PatrolPhotosController {
  constructor(
    private readonly patrols: PatrolsStore,
    private readonly squads: Squads,
    private readonly blobs: Blobs,
  ) {}

  @Route(AddPatrolPhoto)
  async add({ params: { patrolId }, body }: InputOf<typeof AddPatrolPhoto>) {
    const presser = await this.squads.presser(patrolId, body.atMs);
    const sent = Buffer.from(body.contentBase64, 'base64');
    if (pictureTypeOf(sent) !== 'image/jpeg')
      throw new Fault('invalid', 'foto patroli berupa JPEG · a photo of a patrol is a jpeg');
    // with the number of its round in it: what another round or a work order keeps is never the same bytes
    const content = plainJpeg(sent, patrolId);
    const { placeId, findingId } = body;
    const photo = {
      ...{
        hash: createHash('sha256').update(content).digest('hex'),
        contentType: 'image/jpeg' as const,
        bytes: content.length,
        atMs: pressedAtMs(presser),
        by: presser.by,
      },
      ...(placeId !== undefined && { placeId }),
      ...(findingId !== undefined && { findingId }),
    };
    // its name first: whatever breaks off in between, no picture is kept that no round names, and a repeat finishes it
    await this.patrols.act(patrolId, (patrol) => photographed(patrol, photo));
    await this.blobs.put(content, 'image/jpeg');
    const patrol = await this.patrols.find(patrolId);
    if (patrol?.photos.some(({ hash }) => hash === photo.hash) === true) return patrolOf(patrol);
    // erased meanwhile: nobody names it any more
    await this.blobs.remove(photo.hash);
    throw new Fault('not-found', 'foto patroli ini sudah dihapus · this photo was erased');
  }

  @Route(GetPatrolPhoto)
  async photo({ params }: InputOf<typeof GetPatrolPhoto>, _: FastifyRequest, reply: FastifyReply) {
    const { photos } = await this.squads.seen(params.patrolId);
    const photo = photos.find(({ hash }) => hash === params.hash);
    // by its round only: nobody finds out here what else is kept
    if (photo === undefined) throw new Fault('not-found', 'foto ini tidak ada · there is no such photo');
    void reply.headers({ 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" });
    return new StreamableFile(await this.blobs.get(photo.hash), { type: photo.contentType, length: photo.bytes });
  }
}
