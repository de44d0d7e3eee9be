import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Screens that only count what reaches them, so that the measuring process costs little. */
export class RawScreens {
  readonly #sockets: WebSocket[] = [];
  /** Frames that brought something, over all screens. */
  frames = 0;
  bytes = 0;

  /** Opens so many more and waits until each has had its first frame. `wish` is the body of `subscribe`. */
  async open(url: string, count: number, wish: object): Promise<void> {
    for (let opened = 0; opened < count; opened += 50)
      await Promise.all(Array.from({ length: Math.min(50, count - opened) }, () => this.#open(url, wish)));
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  async #open(url: string, wish: object): Promise<void> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    this.#sockets.push(socket);
    await once(socket, 'open');
    socket.send('40/live,{}');
    await new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        if (data.length < 200) {
          const text = data.toString();
          if (text === '2') socket.send('3');
          if (text.startsWith('40/live')) socket.send(`42/live,0["subscribe",${JSON.stringify(wish)}]`);
          if (text.startsWith('42')) resolve();
          return; // a heartbeat, or an answer
        }
        this.frames += 1;
        this.bytes += data.length;
        resolve();
      });
    });
  }
}
