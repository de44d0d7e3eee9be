import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** The least a server can do: the same text to every socket, every so often. Run as a child of the bench. */
const [bytes = '1000', everyMs = '40'] = process.argv.slice(2);
const text = `42/live,["frame",${'x'.repeat(Number(bytes))}]`;
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.once('listening', () => process.send?.({ ready: (server.address() as AddressInfo).port }));
setInterval(() => {
  for (const socket of server.clients) socket.send(text);
}, Number(everyMs));
process.once('disconnect', () => process.exit(0));
