import { request as ask, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Fault } from '@siaga/contracts';
import { createLogger } from '@siaga/service';
import { turnAway } from './turned-away-socket.ts';

const log = createLogger('voice-tunnel');

/** Where voice is spoken: the one address of a city for it. */
export const VOICE_PATH = '/voice';

const ANSWER_MS = 5000;

/** Who may open a tunnel, and where it leads. */
export interface VoiceTunnel {
  /** Processes of the talk service: one of them speaks for a city, the others say so by ending the link. */
  readonly upstream: string;
  /** Why somebody is turned away; undefined: he is not. */
  readonly refusalOf: (request: IncomingMessage) => Fault | undefined;
}

/**
 * Hands WebSockets at `/voice` on to the talk service, byte for byte: voice is not read here. What else asks to be upgraded
 * is the live stream's, or nobody's and ended.
 */
export function tunnelVoice(server: Server, { upstream, refusalOf }: VoiceTunnel): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split('?')[0] ?? '';
    if (path.startsWith('/socket.io/')) return;
    // what a socket says when it breaks is no news: whoever holds the other end hears that it is closed
    socket.on('error', () => undefined);
    const refusal =
      path === VOICE_PATH ? refusalOf(request) : new Fault('not-found', `${path} is no WebSocket of ours`);
    if (refusal === undefined) lead(request, { socket, head, upstream });
    else turnAway(socket, refusal);
  });
}

/** A page of another site, or somebody far away who says he is here. */
export const notOurPage = () =>
  new Fault('forbidden', 'buka HT dari halaman Siaga sendiri · open touch to talk from a page of Siaga itself');

function lead(
  request: IncomingMessage,
  { socket, head, upstream }: { socket: Duplex; head: Buffer; upstream: string },
): void {
  // a ticket is shown inside: neither cookies nor tokens of the page go further
  const headers = { ...request.headers };
  delete headers.cookie;
  delete headers.authorization;
  const outgoing = ask(new URL(VOICE_PATH, upstream), { headers, timeout: ANSWER_MS });
  const isAnswered = () => socket.destroyed || socket.writableEnded;
  const unavailable = () => {
    if (!isAnswered()) turnAway(socket, new Fault('unavailable', 'layanan HT tidak menjawab, coba lagi sebentar · touch to talk does not answer')); // prettier-ignore
  };
  socket.once('close', () => {
    outgoing.destroy();
  });
  outgoing.once('timeout', () => {
    outgoing.destroy(new Error('no answer'));
  });
  outgoing.once('error', (error) => {
    log.warn({ err: error }, 'the talk service does not answer');
    unavailable();
  });
  outgoing.once('response', (response) => {
    response.resume();
    unavailable();
  });
  outgoing.once('upgrade', ({ headers: answered }, further, first) => {
    for (const end of [socket, further] as {
      setNoDelay?: (on: boolean) => void;
      setTimeout?: (ms: number) => void;
    }[]) {
      end.setNoDelay?.(true);
      end.setTimeout?.(0);
    }
    further.on('error', () => socket.destroy());
    further.once('close', () => socket.destroy());
    socket.once('close', () => further.destroy());
    const lines = Object.entries(answered).map(([name, value]) => `${name}: ${String(value)}`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    if (first.length > 0) socket.write(first);
    if (head.length > 0) further.write(head);
    further.pipe(socket).pipe(further);
  });
  outgoing.end();
}
