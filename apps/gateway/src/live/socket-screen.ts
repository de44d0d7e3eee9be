import { LIVE_NAMESPACE, type Frame, type Problem } from '@siaga/contracts';
import type { Socket } from 'socket.io';
import type { Screen } from './live-city.ts';
import { framesSent } from './live-metrics.ts';

/** Frames as packets of socket.io, written once however many screens get the same one. */
const packets = new WeakMap<Frame, string>();

/** Who does not read what ends his screen is cut after so long. */
const END_WITHIN_MS = 1000;

/** A screen behind a socket of socket.io. */
export class SocketScreen implements Screen {
  readonly #socket: Socket;

  constructor(socket: Socket, onDrain: (screen: SocketScreen) => void) {
    this.#socket = socket;
    // the connection's own `drain` comes when packets were handed over, this one when the network took them
    socket.conn.transport.on('ready', () => {
      onDrain(this);
    });
  }

  /** True also means that nothing is buffered: the transport takes everything that waits before it is writable again. */
  isWritable(): boolean {
    return this.#socket.conn.transport.writable;
  }

  send(frame: Frame): void {
    framesSent.inc({ to: 'screen' });
    this.#socket.conn.send(packetOf(frame));
  }

  join(room: string): void {
    void this.#socket.join(room);
  }

  leave(room: string): void {
    void this.#socket.leave(room);
  }

  /** Closes the connection beneath: after socket.io's `disconnect()` the client would not come back. */
  cut(): void {
    this.#socket.conn.close(true);
  }

  /** Says why there will be nothing more, and closes so that no client of socket.io comes back by itself. */
  end(problem: Problem): void {
    const { conn } = this.#socket;
    const late = setTimeout(() => {
      conn.close(true);
    }, END_WITHIN_MS);
    conn.once('close', () => {
      clearTimeout(late);
    });
    this.#socket.emit('ended', problem);
    this.#socket.disconnect(true);
  }
}

/** An event packet (type 2) of the namespace, as `socket.emit('frame', frame)` would write it anew for each screen. */
function packetOf(frame: Frame): string {
  let packet = packets.get(frame);
  if (packet === undefined) packets.set(frame, (packet = `2${LIVE_NAMESPACE},${JSON.stringify(['frame', frame])}`));
  return packet;
}
