import type { IncomingMessage } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Fault } from '@siaga/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DeviceRequest } from './device-request.ts';

/** Far more than 100 positions need. */
const MOST_BYTES = 262_144;
/** A tracker on a poor network takes seconds; what takes longer holds a connection for nothing. */
const READ_WITHIN_MS = 10_000;

const DEVICE_BODY = 'application/x-siaga-device';
const SAID_TYPE = 'x-siaga-said-type';

/**
 * Device doors get bodies as the bytes they are, whatever content type a tracker claims: forms without a type, JSON as
 * text, nothing at all. Elsewhere bodies are parsed as usual.
 */
@Injectable()
export class DeviceBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRequest', (request, _reply, done) => {
      if (request.url.startsWith('/ingest/')) {
        request.raw.headers[SAID_TYPE] = request.raw.headers['content-type'] ?? '';
        request.raw.headers['content-type'] = DEVICE_BODY;
      }
      done();
    });
    fastify.addContentTypeParser(DEVICE_BODY, (_request: FastifyRequest, payload: IncomingMessage) =>
      readBody(payload),
    );
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

/** The whole body, or a fault when it is too large or too slow; what still comes then is thrown away, not kept. */
function readBody(payload: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = () => {
      clearTimeout(deadline);
      payload.off('data', take);
      payload.resume();
    };
    const refuse = (fault: Fault) => {
      end();
      reject(fault);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) refuse(new Fault('too-large', `a message has at most ${MOST_BYTES} bytes`));
      else chunks.push(chunk);
    };
    const deadline = setTimeout(() => {
      refuse(new Fault('invalid', `the body did not arrive within ${READ_WITHIN_MS / 1000} s`));
    }, READ_WITHIN_MS);
    payload.on('data', take);
    payload.once('end', () => {
      end();
      resolve(Buffer.concat(chunks));
    });
    payload.once('error', (cause) => {
      refuse(new Fault('invalid', 'the body broke off', { cause }));
    });
  });
}
