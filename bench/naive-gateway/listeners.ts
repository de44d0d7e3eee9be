import { WebSocket } from 'ws';

/** Sockets of the naive gateway that count what reaches them: answers the count whenever its parent asks. */
const [url = '', count = '1'] = process.argv.slice(2);
let deliveries = 0;
for (let opened = 0; opened < Number(count); opened += 1) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  socket.on('message', (data: Buffer) => {
    if (data[0] === 0x32) socket.send('3');
    else if (data[0] === 0x30) socket.send('40');
    else if (data[1] === 0x32) deliveries += 1;
  });
}
process.on('message', () => process.send?.(deliveries));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
