import type { Fault } from '@siaga/contracts';
import { problemOf } from '@siaga/service';
import type { FastifyReply } from 'fastify';

/** Answers with a fault where Nest's filter does not reach: routes that are Fastify's own. */
export function refuse(reply: FastifyReply, fault: Fault): void {
  if (fault.retriable) void reply.header('retry-after', '1');
  void reply
    .code(fault.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(fault)));
}
