import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Fault, faultKinds, invalid, type FaultKind, type Problem } from '@siaga/contracts';
import type { FastifyReply } from 'fastify';
import { throwError } from 'rxjs';
import { ZodError } from 'zod';
import { contextIfAny } from './context.ts';
import { createLogger } from './log.ts';

const log = createLogger('faults');

/**
 * The one exit for errors. HTTP: RFC 9457 problem+json. Event handlers: the error is handed on as an Observable that
 * fails, because Nest otherwise turns it into one that completes, and the event would be committed and lost.
 */
@Catch()
export class FaultFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost) {
    if (host.getType() !== 'http') return throwError(() => error);
    const fault = asFault(error);
    if (fault === undefined) log.error({ err: error }, 'unexpected error answered with 500');
    // one that we made ourselves (too busy) says all in a line; there may be thousands
    else if (fault.kind === 'unavailable') log.warn(fault.cause === undefined ? {} : { err: fault }, fault.message);
    refuse(host.switchToHttp().getResponse<FastifyReply>(), fault);
    return undefined;
  }
}

/** Answers with a fault; called directly where Nest's filter does not reach: hooks and routes that are Fastify's own. */
export function refuse(reply: FastifyReply, fault: Fault | undefined): void {
  if (fault?.retriable === true) void reply.header('retry-after', String(fault.retryAfterS));
  const problem = problemOf(fault);
  void reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** For an address that no route is looked for by: what is wrong with it is not repeated. */
export const unreadableAddress = (cause: unknown): Fault =>
  new Fault('invalid', 'alamat ini tidak terbaca · this address cannot be read', { cause });

/** RFC 9457 body of a fault; undefined stands for an error we did not foresee, whose text stays in the log. */
export function problemOf(fault: Fault | undefined): Problem {
  const correlation = contextIfAny()?.correlation;
  const about =
    fault === undefined
      ? {
          type: 'urn:siaga:fault:unexpected',
          title: 'Kesalahan di pihak kami · our error',
          status: 500,
          detail: 'unexpected error; the log has it under this correlation',
        }
      : {
          type: `urn:siaga:fault:${fault.kind}`,
          title: faultKinds[fault.kind].title,
          status: fault.status,
          detail: fault.message,
        };
  return {
    ...about,
    ...(correlation === undefined ? {} : { correlation }),
    ...(fault !== undefined && fault.issues.length > 0 ? { issues: [...fault.issues] } : {}),
    ...(fault?.deed === undefined ? {} : { deed: fault.deed }),
  };
}

function asFault(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  if (error instanceof ZodError) return invalid(error, 'invalid input');
  if (error instanceof HttpException)
    return new Fault(kindOfStatus(error.getStatus()), error.message, { cause: error });
  const status = fastifyStatus(error);
  if (status !== undefined) return new Fault(kindOfStatus(status), (error as Error).message, { cause: error });
  return undefined;
}

/** Fastify's own refusals (body too large, bad JSON, wrong media type) carry a 4xx `statusCode`. */
function fastifyStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const status = error.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function kindOfStatus(status: number): FaultKind {
  const kinds = Object.keys(faultKinds) as FaultKind[];
  return kinds.find((kind) => faultKinds[kind].status === status) ?? (status >= 500 ? 'unavailable' : 'invalid');
}
