import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { decodeVoice, LARGEST_VOICE_BYTES, VoiceQuality, VoiceRequest } from '@siaga/contracts';
import { RateLimit } from '@siaga/service';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { FloorBoard } from '../groups/floor-board.ts';
import { Airs } from './airs.ts';
import type { CityAir } from './city-air.ts';
import { Entrance } from './entrance.ts';
import { closeCodes, VoiceLink, type CloseCode } from './voice-link.ts';
import { PING_MS } from './voice-outlet.ts';

/** A ticket is the longest thing that is said in words. */
const LARGEST_MESSAGE_BYTES = 8192;
const HELLO_WITHIN_MS = 5000;
const LOOK_MS = 250;
/** Whoever talks and is not heard of for so long, answers neither: with a look later his floor is free within 2 s. */
const TALKER_SILENT_MS = 1700;
const SILENT_MS = 10_000;
/** Far above the 300 phones of a city. */
const MOST_LINKS = 4000;
/** Presses and answers to pings; voice is 50 packets a second, and at once what was said while the permit was on its way. */
const WORDS = { perSecond: 20, burst: 60 };
const PACKETS = { perSecond: 60, burst: 500 };

/** The door of voice: who comes on the line, what he says, and how long nothing is heard of him. */
@Injectable()
export class VoiceDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  readonly #unfollow: () => void;
  #looking: NodeJS.Timeout | undefined;
  #pingedMs = -Infinity;
  #lookedMs = 0;

  constructor(
    private readonly entrance: Entrance,
    private readonly airs: Airs,
    private readonly board: FloorBoard,
  ) {
    this.#unfollow = entrance.onChange((city, isHis) => {
      const air = this.airs.of(city);
      for (const link of air.links) if (isHis(link)) this.#lookAt(air, link);
    });
  }

  onApplicationBootstrap(): void {
    this.#looking = setInterval(() => {
      this.#look();
    }, LOOK_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#looking);
    this.#unfollow();
    for (const [, air] of this.airs.all()) air.close();
    this.#server.close();
    await this.board.told();
  }

  /** Answers `/voice` at a server; whatever else asks to be upgraded there is turned away. */
  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const isVoice = request.url === '/voice' || request.url?.startsWith('/voice?') === true;
      if (!isVoice || this.#server.clients.size >= MOST_LINKS) {
        socket.end(`HTTP/1.1 ${isVoice ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\n\r\n`);
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (opened) => {
        this.#opened(opened);
      });
    });
  }

  #opened(socket: WebSocket): void {
    const hello = setTimeout(() => {
      socket.close(closeCodes.silent);
    }, HELLO_WITHIN_MS);
    const isOften = limiterOf();
    let entering: Promise<VoiceLink | undefined> | undefined;
    let link: VoiceLink | undefined;
    socket.on('error', () => undefined); // its close follows
    socket.on('close', () => {
      clearTimeout(hello);
      if (link !== undefined) this.airs.of(link.city).leave(link);
    });
    socket.on('message', (data, isBinary) => {
      if (isOften(isBinary)) {
        if (link === undefined) socket.close(closeCodes.unreadable);
        else this.#end(this.airs.of(link.city), link, closeCodes.unreadable);
      } else if (link !== undefined) this.#heard(link, data, isBinary);
      // what comes while his ticket is read waits for that, in its order
      else if (entering !== undefined) void entering.then((entered) => entered && this.#heard(entered, data, isBinary));
      else {
        clearTimeout(hello);
        entering = this.#enter(socket, data, isBinary).then((entered) => (link = entered));
      }
    });
  }

  /** Undefined: he does not come in, and his link is ended. */
  async #enter(socket: WebSocket, data: RawData, isBinary: boolean): Promise<VoiceLink | undefined> {
    const request = isBinary ? undefined : requestIn(data);
    if (request?.kind !== 'hello') {
      socket.close(closeCodes.unreadable);
      return undefined;
    }
    const principal = await this.entrance.whose(request.ticket);
    if (socket.readyState !== socket.OPEN) return undefined;
    if (typeof principal === 'number') {
      socket.close(principal);
      return undefined;
    }
    const link = new VoiceLink(socket, principal, request.deviceId);
    if (!this.entrance.isStillHere(link)) {
      link.close(closeCodes.unauthenticated);
      return undefined;
    }
    this.airs.of(link.city).enter(link);
    return link;
  }

  #heard(link: VoiceLink, data: RawData, isBinary: boolean): void {
    if (link.isEnded) return;
    link.heard();
    const air = this.airs.of(link.city);
    if (isBinary) {
      const packet = bytesOf(data);
      const frame = packet.length > LARGEST_VOICE_BYTES ? undefined : decodeVoice(packet);
      if (frame === undefined) this.#end(air, link, closeCodes.unreadable);
      else air.voice(link, frame, packet);
      return;
    }
    const request = requestIn(data);
    if (request === undefined || request.kind === 'hello') this.#end(air, link, closeCodes.unreadable);
    else if (request.kind === 'pong') link.answered(request.atMs);
    else if (request.kind === 'report') link.reported(VoiceQuality.parse(request));
    else if (request.kind === 'join') air.join(link, request);
    else if (request.kind === 'leave') air.part(link, request);
    else if (request.kind === 'request') air.request(link, request);
    else air.release(link, request);
  }

  #look(): void {
    const [nowMs, atMs] = [performance.now(), Date.now()];
    // what came while this process stood still lies unread behind this look: the next one judges
    const stoodStill = nowMs - this.#lookedMs > 3 * LOOK_MS;
    this.#lookedMs = nowMs;
    const pings = nowMs - this.#pingedMs >= PING_MS;
    if (pings) this.#pingedMs = nowMs;
    for (const [city, air] of this.airs.all()) {
      if (air.links.length > 0 && !this.entrance.speaksFor(city)) air.cutOff();
      for (const link of air.links) {
        const { silentMs } = link;
        const isSilent = silentMs > SILENT_MS || (silentMs > TALKER_SILENT_MS && air.talks(link));
        if (isSilent && !stoodStill) this.#end(air, link, closeCodes.silent);
        else if ((link.principal.expiresAtMs ?? Infinity) <= atMs) this.#end(air, link, closeCodes.unauthenticated);
        else if (pings) link.say({ kind: 'ping', atMs });
      }
    }
  }

  #lookAt(air: CityAir, link: VoiceLink): void {
    if (this.entrance.isStillHere(link)) air.lookAt(link);
    else this.#end(air, link, closeCodes.unauthenticated);
  }

  #end(air: CityAir, link: VoiceLink, code: CloseCode): void {
    air.leave(link);
    link.close(code);
  }
}

function limiterOf(): (isBinary: boolean) => boolean {
  const [said, spoken] = [new RateLimit(WORDS), new RateLimit(PACKETS)];
  return (isBinary) => (isBinary ? spoken : said).take('') > 0;
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function requestIn(data: RawData): VoiceRequest | undefined {
  try {
    return VoiceRequest.parse(JSON.parse(Buffer.from(bytesOf(data)).toString('utf8')));
  } catch {
    return undefined;
  }
}
