import { decodeVoice, VoiceWord, type Place, type VoiceFrame, type VoiceQuality } from '@siaga/contracts';
import { step } from './line-rules.ts';
import { emptyLine, onAir, type Line, type LineInput, type Tone } from './line-state.ts';

/** What the line needs of its page. */
export interface LinePorts {
  /** `wss://…/voice`. */
  readonly url: string;
  /** The same over every reconnect of this browser. */
  readonly deviceId: string;
  /** What opens sockets: one for each attempt. */
  readonly ticket: () => Promise<string>;
  /** A name for one press that no other has. */
  readonly newTalkId: () => string;
  /** Where this phone is, where it is known. */
  readonly place: () => Place | undefined;
  readonly heard: (frame: VoiceFrame) => void;
  readonly sounds: (tone: Tone) => void;
}

/** The city asks every second whether somebody is there: without a word for so long nobody is, ms. */
const DEAD_MS = 4000;
const AGAIN_MS = { least: 300, most: 8000 };
/** The city's word that the same browser opened another line: to fight over it would help neither window. */
const REPLACED = 4001;
/** What a person says a second time is not the last thing sent, ms. */
const STEADY_MS = 5000;

/** The one line of this page to the city's voice: made anew until it is closed, with all its groups. */
export class VoiceLine {
  readonly #ports: LinePorts;
  readonly #listeners = new Set<() => void>();
  #line: Line = emptyLine;
  #socket: WebSocket | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #dead: ReturnType<typeof setTimeout> | undefined;
  #waitMs = AGAIN_MS.least;
  #openedMs = 0;
  #isClosed = false;

  constructor(ports: LinePorts) {
    this.#ports = ports;
    void this.#connect();
  }

  readonly get = (): Line => this.#line;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  join(groupId: string): void {
    this.#do({ kind: 'join', groupId });
  }

  leave(groupId: string): void {
    this.#do({ kind: 'leave', groupId });
  }

  /** Asks for the floor; answers with the name of this press. */
  press(groupId: string, { isEmergency }: { isEmergency: boolean }): string {
    const talkId = this.#ports.newTalkId();
    this.#do({ kind: 'press', groupId, talkId, isEmergency, place: this.#ports.place() });
    return talkId;
  }

  /** A press with no microphone to speak into: it asks for nothing, and says so. */
  mute(): void {
    this.#do({ kind: 'mute', talkId: this.#ports.newTalkId() });
  }

  letGo(talkId: string): void {
    this.#do({ kind: 'let-go', talkId });
  }

  /** Sends a packet of the press that is on the air; of any other it is dropped. */
  send(talkId: string, packet: Uint8Array<ArrayBuffer>): void {
    if (onAir(this.#line)?.talkId === talkId) this.#socket?.send(packet);
  }

  /** Tells the city how well this device talks and hears. */
  report(quality: VoiceQuality): void {
    if (this.#line.link === 'open') this.#socket?.send(JSON.stringify({ kind: 'report', ...quality }));
  }

  /** Takes the line back from another window, or tries at once. */
  retry(): void {
    this.#waitMs = AGAIN_MS.least;
    if (this.#socket === undefined) void this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
    clearTimeout(this.#dead);
    this.#socket?.close();
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#again);
    this.#do({ kind: 'connecting' });
    try {
      const ticket = await this.#ports.ticket();
      if (!this.#isClosed && this.#socket === undefined) this.#open(ticket);
    } catch {
      // whoever is signed in no more is told so by the page's session
      this.#lost(0);
    }
  }

  #open(ticket: string): void {
    const socket = new WebSocket(this.#ports.url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#watch(socket);
    socket.addEventListener('open', () => {
      this.#openedMs = performance.now();
      socket.send(JSON.stringify({ kind: 'hello', ticket, deviceId: this.#ports.deviceId }));
    });
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket === socket) this.#heard(socket, data);
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.#socket === socket) this.#lost(code);
    });
  }

  #heard(socket: WebSocket, data: unknown): void {
    this.#watch(socket);
    if (data instanceof ArrayBuffer) {
      const frame = decodeVoice(new Uint8Array(data));
      if (frame !== undefined) this.#ports.heard(frame);
      return;
    }
    const word = wordIn(data);
    if (word !== undefined) this.#do({ kind: 'word', word });
  }

  /** A line on which nothing is heard is cut by us: a dead network says nothing of itself for minutes. */
  #watch(socket: WebSocket): void {
    clearTimeout(this.#dead);
    this.#dead = setTimeout(() => {
      if (this.#socket !== socket) return;
      socket.close();
      this.#lost(0);
    }, DEAD_MS);
  }

  #lost(code: number): void {
    clearTimeout(this.#dead);
    this.#socket = undefined;
    if (this.#isClosed) return;
    const isReplaced = code === REPLACED;
    this.#do({ kind: 'closed', isReplaced });
    if (isReplaced) return;
    if (performance.now() - this.#openedMs > STEADY_MS && this.#openedMs > 0) this.#waitMs = AGAIN_MS.least;
    this.#openedMs = 0;
    // 300 phones come back after one cut: not all at once
    this.#again = setTimeout(() => void this.#connect(), this.#waitMs * (0.5 + Math.random() / 2));
    this.#waitMs = Math.min(AGAIN_MS.most, this.#waitMs * 2);
  }

  #do(input: LineInput): void {
    const { line, say, tones } = step(this.#line, input);
    const isNews = line !== this.#line;
    this.#line = line;
    for (const request of say) this.#socket?.send(JSON.stringify(request));
    for (const tone of tones) this.#ports.sounds(tone);
    if (isNews) for (const listener of this.#listeners) listener();
  }
}

/** Undefined for what a newer city says that this page does not know yet. */
function wordIn(data: unknown): VoiceWord | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    return VoiceWord.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
