import type { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Admission, readBody, refuse } from '@siaga/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DeviceRequest } from './device-request.ts';

/** Far more than 100 reports need. */
const MOST_BYTES = 262_144;
/** A device on a poor network takes seconds; what takes longer holds a connection for nothing. */
const READ_WITHIN_MS = 10_000;

/** Messages of devices at a time, from every gateway together; who comes then is told to come again. */
const MOST_AT_ONCE = 512;

const DEVICE_BODY = 'application/x-siaga-device';
const SAID_TYPE = 'x-siaga-said-type';

/**
 * Device doors get bodies as the bytes they are, whatever content type a device claims: forms without a type, JSON as
 * text, nothing at all. Elsewhere bodies are parsed as usual. What this process cannot do soon is refused unread.
 */
@Injectable()
export class DeviceBodies implements OnModuleInit, OnModuleDestroy {
  readonly #admission = new Admission({ door: 'ingest', most: MOST_AT_ONCE });

  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRequest', (request, reply, done) => {
      if (request.url.startsWith('/ingest/')) {
        const refusal = this.#admission.turnAway();
        if (refusal !== undefined) {
          refuse(reply, refusal);
          return;
        }
        reply.raw.once('close', this.#admission.enter());
        request.raw.headers[SAID_TYPE] = request.raw.headers['content-type'] ?? '';
        request.raw.headers['content-type'] = DEVICE_BODY;
      }
      done();
    });
    fastify.addContentTypeParser(DEVICE_BODY, (_request: FastifyRequest, payload: Readable) =>
      readBody(payload, { door: 'ingest', bytes: MOST_BYTES, withinMs: READ_WITHIN_MS }),
    );
  }

  onModuleDestroy(): void {
    this.#admission.close();
  }
}

/** The request as the decoders take it. */
export function deviceRequestOf(request: FastifyRequest): DeviceRequest {
  const question = request.url.indexOf('?');
  const said = request.raw.headers[SAID_TYPE];
  return {
    query: question === -1 ? '' : request.url.slice(question + 1),
    contentType: typeof said === 'string' ? said.toLowerCase() : '',
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    receivedAtMs: Date.now(),
  };
}
