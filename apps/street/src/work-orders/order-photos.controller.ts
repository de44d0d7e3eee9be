import { createHash } from 'node:crypto';
import { Controller, StreamableFile } from '@nestjs/common';
import { AddWorkPhoto, Fault, GetWorkPhoto, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { Blobs, pictureTypeOf } from '@siaga/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { orderOf } from './order-document.ts';
import { photographed } from './order-steps.ts';
import { OrdersStore } from './orders.store.ts';

/** Pictures of the work. */
@Controller()
export class OrderPhotosController {
  constructor(
    private readonly orders: OrdersStore,
    private readonly blobs: Blobs,
  ) {}

  @Route(AddWorkPhoto)
  async add({ params: { workOrderId }, body }: InputOf<typeof AddWorkPhoto>) {
    const content = Buffer.from(body.contentBase64, 'base64');
    const contentType = pictureTypeOf(content);
    const hash = createHash('sha256').update(content).digest('hex');
    const photo = { hash, contentType, bytes: content.length, atMs: Date.now() };
    // its name first: whatever breaks off in between, no picture is kept that no order names, and a repeat finishes it
    await this.orders.act(workOrderId, (order) => photographed(order, photo));
    await this.blobs.put(content, contentType);
    const order = await this.orders.find(workOrderId);
    if (order?.photos.some((one) => one.hash === hash) === true) return orderOf(order);
    // erased meanwhile, with the rest of its exercise
    await this.orders.letGo(hash);
    throw new Fault('not-found', 'perintah kerja ini sudah dihapus · this order was erased');
  }

  @Route(GetWorkPhoto)
  async photo({ params }: InputOf<typeof GetWorkPhoto>, _: FastifyRequest, reply: FastifyReply) {
    const { photos } = await this.orders.get(params.workOrderId);
    const photo = photos.find(({ hash }) => hash === params.hash);
    // by its order only: nobody finds out here what else is kept
    if (photo === undefined) throw new Fault('not-found', 'foto ini tidak ada · there is no such photo');
    void reply.headers({ 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" });
    return new StreamableFile(await this.blobs.get(photo.hash), { type: photo.contentType, length: photo.bytes });
  }
}
