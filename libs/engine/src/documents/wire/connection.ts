import { once } from 'node:events';
import type { Socket } from 'node:net';
import { docOf, Int32, type Document } from '../bson/values.ts';
import { DuplicateKey, MalformedBytes, Refusal } from '../errors.ts';
import { Framing, readRequest, writeReply, type Request } from './messages.ts';

/** Answers one command. */
export type Answer = (request: Request) => Promise<Document>;

/**
 * Serves one client until it leaves: one command at a time, in order, and nothing is read while an answer waits to be
 * taken. Malformed bytes close the connection; nothing that a client sends throws out of here.
 */
export async function serveConnection(socket: Socket, answer: Answer): Promise<void> {
  const framing = new Framing();
  try {
    for await (const chunk of socket)
      for (const message of framing.push(chunk as Buffer)) {
        const reply = await replyTo(message, answer);
        if (reply !== undefined && !socket.write(reply)) await taken(socket);
      }
  } catch (error) {
    const expected = error instanceof MalformedBytes || isConnectionLoss(error);
    if (!expected) process.emitWarning(error instanceof Error ? error : String(error));
  } finally {
    socket.destroy();
  }
}

/** Waits until the client has taken what was written, or is gone. */
async function taken(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  const settled = new AbortController();
  const options = { signal: settled.signal };
  try {
    await Promise.race([once(socket, 'drain', options), once(socket, 'close', options)]);
  } finally {
    settled.abort();
  }
}

const isConnectionLoss = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ETIMEDOUT', 'ERR_STREAM_DESTROYED'].includes(
    String(error.code),
  );

async function replyTo(message: Buffer, answer: Answer): Promise<Buffer | undefined> {
  const request = requestOf(message);
  if (request instanceof Refusal) return writeReply(bareRequest(message), refused(request));
  const reply = await answer(request).catch(refused);
  return request.silent ? undefined : writeReply(request, reply);
}

/** A well-formed message with a value we do not take is refused; only broken bytes end the connection. */
function requestOf(message: Buffer): Request | Refusal {
  try {
    return readRequest(message);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const bareRequest = (message: Buffer): Request => ({
  id: message.readInt32LE(4),
  body: new Map(),
  database: '',
  silent: false,
  legacy: false,
});

/** The reply that a driver turns into an error. An error that is no refusal is ours: reported, and told as such. */
function refused(error: unknown): Document {
  if (!(error instanceof Refusal)) {
    process.emitWarning(error instanceof Error ? error : String(error));
    return docOf({ ok: 0, errmsg: String(error), code: new Int32(1), codeName: 'InternalError' });
  }
  return docOf({
    ok: 0,
    errmsg: error.message,
    code: new Int32(error.code),
    codeName: error.codeName,
    keyPattern: error instanceof DuplicateKey ? error.keyPattern : undefined,
    keyValue: error instanceof DuplicateKey ? error.keyValue : undefined,
  });
}
