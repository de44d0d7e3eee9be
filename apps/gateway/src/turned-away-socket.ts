import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Fault } from '@siaga/contracts';
import { problemOf } from '@siaga/service';

/** Tells whoever asked for a WebSocket why he gets none, as calls are told, and when to come again. */
export function turnAway(socket: Duplex, fault: Fault): void {
  const problem = JSON.stringify(problemOf(fault));
  const head = [
    `HTTP/1.1 ${String(fault.status)} ${STATUS_CODES[fault.status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${String(Buffer.byteLength(problem))}`,
    `retry-after: ${String(fault.retryAfterS)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${problem}`);
}
