import { createReadStream } from 'node:fs';
import { Controller, StreamableFile } from '@nestjs/common';
import { Fault, GetStreetDrawing, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { MapFolder } from '@siaga/streets/folder';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A map of that hash never changes; a browser of this city's people may keep it. */
const KEEP = 'private, max-age=31536000, immutable';

/** The imported streets, as screens draw them. */
@Controller()
export class StreetsController {
  constructor(private readonly maps: MapFolder) {}

  @Route(GetStreetDrawing)
  async drawing({ params }: InputOf<typeof GetStreetDrawing>, request: FastifyRequest, reply: FastifyReply) {
    const manifest = await this.maps.manifest(currentContext().city);
    if (manifest?.hash !== params.hash)
      throw new Fault(
        'not-found',
        'peta jalan ini sudah diganti: muat ulang layar · this street map was replaced: reload the screen',
      );
    const etag = `"${params.hash}"`;
    void reply.headers({ etag, 'cache-control': KEEP });
    if (request.headers['if-none-match'] === etag) {
      void reply.code(304);
      return undefined;
    }
    void reply.header('content-encoding', 'gzip');
    return new StreamableFile(createReadStream(this.maps.fileOf(manifest, 'drawing')), {
      type: 'application/geo+json',
    });
  }
}
