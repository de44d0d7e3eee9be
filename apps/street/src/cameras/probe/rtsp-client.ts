import type { Socket } from 'node:net';
import type { CredentialsOf } from '../credentials.ts';
import { answerTo, authorization, type Challenge } from './authorization.ts';
import { NotRtsp, RtspReader, TooMuchRtsp, type RtspPiece } from './rtsp-reader.ts';
import { videoIn, type VideoTrack } from './sdp.ts';
import { Unseen } from './unseen.ts';

type Answer = Extract<RtspPiece, { kind: 'answer' }>;

/** What came of a stream; no packets were asked for when only its description was. */
export interface StreamSeen {
  readonly codec: string;
  readonly packets: number;
  readonly bytes: number;
}

/** A stream to look at: its address without name and password, and how much of it. */
export interface StreamLook {
  readonly address: string;
  readonly credentials: CredentialsOf;
  /** So many packets of the picture; 0: its description is enough. */
  readonly packets: number;
}

/** RTP's own head. */
const RTP_BYTES = 12;

/**
 * Looks at a stream over an open connection: OPTIONS, DESCRIBE, and, for packets, SETUP and PLAY interleaved (RFC 2326), with
 * Basic or Digest. Throws {@link Unseen} with the exact reason; the connection's own errors reject as they are.
 */
export async function lookAtStream(socket: Socket, look: StreamLook): Promise<StreamSeen> {
  const talk = new Talk(socket, look.credentials);
  await talk.ask('OPTIONS', look.address);
  const description = await talk.ask('DESCRIBE', look.address, { Accept: 'application/sdp' });
  const base = first(description, 'content-base') ?? first(description, 'content-location') ?? look.address;
  const video = videoIn(description.body, base);
  if (video === undefined) throw new Unseen('no-video');
  if (look.packets === 0) return { codec: video.codec, packets: 0, bytes: 0 };
  return play(talk, video, look);
}

async function play(talk: Talk, { codec, control }: VideoTrack, look: StreamLook): Promise<StreamSeen> {
  const setUp = await talk.ask('SETUP', control, { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' });
  const Session = (first(setUp, 'session') ?? '').split(';')[0] ?? '';
  const [, channel = '0'] = /interleaved=(\d{1,3})/.exec(first(setUp, 'transport') ?? '') ?? [];
  const seen = talk.packets(Number(channel), look.packets);
  seen.catch(() => undefined); // of a PLAY that is refused, what it says counts
  await talk.ask('PLAY', look.address, { Session, Range: 'npt=0.000-' });
  const { packets, bytes } = await seen;
  talk.say('TEARDOWN', look.address, { Session });
  return { codec, packets, bytes };
}

const first = ({ headers }: Answer, name: string): string | undefined => headers.get(name)?.[0];

/** One conversation: a request at a time, media between the answers. */
class Talk {
  readonly #reader = new RtspReader();
  readonly #answers: Answer[] = [];
  #challenge: Challenge | undefined;
  #signed = 0;
  #asked = 0;
  /** Of them, so many were answered. */
  #heard = 0;
  #counted = { channel: -1, packets: 0, bytes: 0 };
  #stage = '';
  #failed: Error | undefined;
  #news: () => void = () => undefined;

  constructor(
    private readonly socket: Socket,
    private readonly credentials: CredentialsOf,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.#take(chunk);
    });
    const end = (error?: Error) => {
      this.#failed ??= error ?? new Unseen('broken-off', this.#stage);
      this.#news();
    };
    socket.once('error', end);
    socket.once('close', () => {
      end();
    });
  }

  /** The answer of success; anything else is thrown. A 401 is answered once, and once more for a nonce that has become old. */
  async ask(method: string, uri: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    for (let tries = 0; ; tries += 1) {
      this.#stage = method;
      this.say(method, uri, headers);
      const answer = await this.#answer();
      if (answer.status === 200) return answer;
      // some answer OPTIONS to those who have signed in only, or not at all: the next request says more
      if (method === 'OPTIONS' && answer.status !== 401) return answer;
      if (answer.status !== 401) throw refusalOf(answer.status, method);
      const { challenge } = answerTo(answer.headers.get('www-authenticate') ?? [], this.credentials, 'RTSP 401');
      const isStale = challenge.params['stale']?.toLowerCase() === 'true';
      if (tries > 1 || (tries === 1 && !isStale)) throw new Unseen('wrong-credentials', 'RTSP 401');
      this.#challenge = challenge;
      this.#signed = 0;
    }
  }

  say(method: string, uri: string, headers: Readonly<Record<string, string>>): void {
    const lines = Object.entries({ ...headers, ...this.#authorization(method, uri) });
    const text = [
      `${method} ${uri} RTSP/1.0`,
      `CSeq: ${String(++this.#asked)}`,
      'User-Agent: Siaga',
      ...lines.map(([name, value]) => `${name}: ${value}`),
    ];
    this.socket.write(`${text.join('\r\n')}\r\n\r\n`);
  }

  /** Counts packets of a channel from now on; resolves with the last of so many, or what had come when the rest did not. */
  async packets(channel: number, most: number): Promise<{ packets: number; bytes: number }> {
    this.#counted = { channel, packets: 0, bytes: 0 };
    while (this.#counted.packets < most) {
      if (this.#failed !== undefined) {
        if (this.#counted.packets > 0) break;
        throw this.#failed instanceof Unseen && this.#failed.reason === 'no-answer'
          ? new Unseen('no-packets')
          : this.#failed;
      }
      await this.#next();
    }
    return this.#counted;
  }

  async #answer(): Promise<Answer> {
    for (;;) {
      const answer = this.#answers.shift();
      if (answer !== undefined) return answer;
      if (this.#failed !== undefined) throw this.#failed;
      await this.#next();
    }
  }

  #next(): Promise<void> {
    const before = this.#news;
    return new Promise((done) => {
      this.#news = () => {
        before();
        done();
      };
    });
  }

  #take(chunk: Buffer): void {
    try {
      for (const piece of this.#reader.read(chunk)) {
        if (piece.kind === 'answer') this.#answered(piece);
        else if (piece.channel === this.#counted.channel && piece.bytes.length > RTP_BYTES) {
          this.#counted.packets += 1;
          this.#counted.bytes += piece.bytes.length;
        }
      }
    } catch (error) {
      this.#failed = unseenIn(error as Error);
      this.socket.destroy();
    }
    const news = this.#news;
    this.#news = () => undefined;
    news();
  }

  /** What nobody asked for is not kept, and ends it: each request has one answer. */
  #answered(answer: Answer): void {
    if (this.#heard === this.#asked) throw new TooMuchRtsp('an answer nobody asked for');
    this.#heard += 1;
    this.#answers.push(answer);
  }

  #authorization(method: string, uri: string): Record<string, string> {
    if (this.#challenge === undefined || typeof this.credentials === 'string') return {};
    const signed = { method, uri, count: ++this.#signed };
    return { Authorization: authorization(this.#challenge, this.credentials, signed) };
  }
}

function unseenIn(error: Error): Error {
  if (error instanceof NotRtsp) return new Unseen('not-rtsp');
  return error instanceof TooMuchRtsp ? new Unseen('too-much', error.message) : error;
}

function refusalOf(status: number, method: string): Unseen {
  const detail = `RTSP ${String(status)} (${method})`;
  if (status === 403) return new Unseen('forbidden', detail);
  if (status === 404 || status === 410 || status === 454) return new Unseen('no-such-stream', detail);
  return new Unseen('server-error', detail);
}
