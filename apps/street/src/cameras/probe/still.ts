import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { CredentialsOf } from '../credentials.ts';
import { answerTo, authorization } from './authorization.ts';
import type { CameraReach } from './camera-reach.ts';
import { Unseen } from './unseen.ts';

/** A picture for a screen, not a poster: cameras have smaller ones for this. */
const MOST_BYTES = 2_000_000;

/** A still to ask for: its address without name and password. */
export interface StillLook {
  readonly address: string;
  readonly credentials: CredentialsOf;
  readonly signal: AbortSignal;
}

/** One JPEG of a camera. Throws {@link Unseen} with the exact reason; errors of the connection reject as they are. Redirects are not followed. */
export async function takeStill(reach: CameraReach, look: StillLook): Promise<Buffer> {
  const unsigned = await ask(reach, look, {});
  if (unsigned.statusCode !== 401) return pictureOf(unsigned);
  unsigned.destroy();
  const asked = unsigned.headersDistinct['www-authenticate'] ?? [];
  const { challenge, signIn } = answerTo(asked, look.credentials, 'HTTP 401');
  const { pathname, search } = new URL(look.address);
  const signed = authorization(challenge, signIn, { method: 'GET', uri: pathname + search, count: 1 });
  const answer = await ask(reach, look, { authorization: signed });
  if (answer.statusCode !== 401) return pictureOf(answer);
  answer.destroy();
  throw new Unseen('wrong-credentials', 'HTTP 401');
}

function ask(reach: CameraReach, { address, signal }: StillLook, headers: Readonly<Record<string, string>>) {
  const url = new URL(address);
  const lookup = reach.lookupFor(url);
  return new Promise<IncomingMessage>((done, failed) => {
    const settings = { headers: { 'user-agent': 'Siaga', ...headers }, signal, lookup, agent: false as const };
    const request =
      url.protocol === 'https:'
        ? tlsRequest(url, { ...settings, rejectUnauthorized: false })
        : plainRequest(url, settings);
    request.once('error', failed).once('response', done).end();
  });
}

async function pictureOf(answer: IncomingMessage): Promise<Buffer> {
  const { statusCode: status = 0 } = answer;
  const detail = `HTTP ${String(status)}`;
  if (status !== 200) {
    answer.destroy();
    if (status === 403) throw new Unseen('forbidden', detail);
    throw new Unseen(status === 404 || status === 410 ? 'no-such-stream' : 'server-error', detail);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Unseen('not-a-picture', 'lebih dari 2 MB · more than 2 MB');
    chunks.push(chunk);
  }
  const picture = Buffer.concat(chunks);
  if (!isJpeg(picture)) throw new Unseen('not-a-picture');
  return picture;
}

/** Begins as every JPEG does (ITU T.81, SOI and the next marker). */
const isJpeg = (bytes: Buffer) => bytes.length > 100 && bytes.readUIntBE(0, 3) === 0xffd8ff;
