import { Fault, LIVE_NAMESPACE, Problem, type Frame } from '@siaga/contracts';
import { io, type Socket } from 'socket.io-client';
import { signedOutRetryMs } from './signed-out-retry.ts';

export interface ConnectionOptions {
  /** Origin of a gateway; `''` is the page's own. */
  url: string;
  /** A fresh token for each handshake; a `Fault` of kind `unauthenticated`: nobody is signed in. */
  token?: (() => Promise<string | undefined>) | undefined;
}

/** Told of what happens to it. */
export interface ConnectionListener {
  connected(): void;
  frame(frame: Frame): void;
  /** `reason`: as the gateway said it. */
  lost(reason?: string): void;
  /** The gateway knows nobody here, or nobody any more. */
  signedOut(reason: string): void;
}

/** After a refusal that may pass by itself. */
const RETRY_MS = 2000;

/** One socket to a gateway: comes back at once after a cut, slowly while nobody is signed in, each time with a fresh token. */
export class Connection {
  readonly #token: ConnectionOptions['token'];
  readonly #told: ConnectionListener;
  readonly #socket: Socket;
  #again: ReturnType<typeof setTimeout> | undefined;
  /** Tells the token that is wanted from one that comes too late. */
  #attempt = 0;
  /** In a row for want of somebody signed in. */
  #refusals = 0;
  #closed = false;

  constructor({ url, token }: ConnectionOptions, told: ConnectionListener) {
    this.#token = token;
    this.#told = told;
    this.#socket = io(url + LIVE_NAMESPACE, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
      auth: (give) => void this.#authorise(give),
    });
    this.#socket.on('connect', () => {
      told.connected();
    });
    this.#socket.on('frame', (frame: Frame) => {
      this.#refusals = 0;
      told.frame(frame);
    });
    this.#socket.on('ended', (why: unknown) => {
      this.#signedOut(Problem.safeParse(why).data?.detail ?? 'the gateway ended this session');
    });
    this.#socket.on('disconnect', () => {
      this.#lost();
    });
    this.#socket.on('connect_error', (error: Error & { data?: unknown }) => {
      const problem = Problem.safeParse(error.data).data;
      if (problem?.status === UNAUTHENTICATED.status) this.#signedOut(problem.detail);
      else this.#lost(problem?.detail);
    });
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  send(name: 'subscribe' | 'track', body: object, answered: (answer: unknown) => void = () => undefined): void {
    this.#socket.emit(name, body, answered);
  }

  /** What is there is dead, whatever the network says: another one is made. */
  cut(): void {
    if (this.#socket.connected) this.#socket.io.engine.close();
  }

  /** Comes at once, with a fresh token: somebody signed in or out. */
  retry(): void {
    if (this.#closed) return;
    this.#attempt += 1;
    this.#refusals = 0;
    this.#socket.disconnect();
    clearTimeout(this.#again);
    this.#socket.connect();
  }

  close(): void {
    this.#closed = true;
    this.#attempt += 1;
    clearTimeout(this.#again);
    this.#socket.disconnect();
  }

  /** For a handshake or a call. Throws what the token function throws. */
  async bearer(): Promise<{ token?: string }> {
    const token = await this.#token?.();
    return token === undefined ? {} : { token };
  }

  async #authorise(give: (auth: { token?: string }) => void): Promise<void> {
    const attempt = (this.#attempt += 1);
    try {
      const bearer = await this.bearer();
      if (attempt === this.#attempt) give(bearer);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      if (error instanceof Fault && error.kind === UNAUTHENTICATED.kind) this.#signedOut(error.message);
      else this.#tokenless(error);
    }
  }

  /** Who is here cannot be told at the moment: that is no reason to take him for nobody. */
  #tokenless(error: unknown): void {
    this.#told.lost(error instanceof Fault ? error.message : undefined);
    this.#socket.disconnect();
    this.#comeIn(RETRY_MS);
  }

  #signedOut(reason: string): void {
    this.#told.signedOut(reason);
    this.#socket.disconnect();
    this.#comeIn(signedOutRetryMs(this.#refusals));
    this.#refusals += 1;
  }

  #lost(reason?: string): void {
    this.#told.lost(reason);
    // socket.io comes back by itself, except after a refusal or when the gateway said goodbye
    if (!this.#socket.active) this.#comeIn(RETRY_MS);
  }

  #comeIn(ms: number): void {
    clearTimeout(this.#again);
    if (!this.#closed) this.#again = setTimeout(() => this.#socket.connect(), ms);
  }
}

const UNAUTHENTICATED = new Fault('unauthenticated', 'nobody is signed in');
