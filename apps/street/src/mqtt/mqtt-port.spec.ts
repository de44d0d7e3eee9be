import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually, makeCertificate } from '@siaga/testing';
import { closed, freePort } from './mqtt.harness.ts';
import { MqttPort, type Arrival, type MqttAddress } from './mqtt-port.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A port, who came, and all bytes that were read. */
async function listening(over: Partial<MqttAddress> = {}) {
  const at = { host: '127.0.0.1', port: await freePort(), ...over };
  const arrivals: Arrival[] = [];
  let bytes = 0;
  const mqtt = new MqttPort(at, (arrival) => {
    arrivals.push(arrival);
    arrival.socket.on('readable', () => {
      bytes += (arrival.socket.read() as Buffer | null)?.length ?? 0;
    });
  });
  ends.push(() => {
    mqtt.close();
  });
  await mqtt.listen();
  const dial = () => {
    const socket = connect(at.port, at.host).on('error', () => undefined);
    ends.push(() => socket.destroy());
    return socket;
  };
  return { at, mqtt, arrivals, dial, read: () => bytes };
}
/** A packet of this kind, so long, in pieces. */
async function send(socket: Socket, kind: number, bytes: number) {
  socket.write(Buffer.from([kind << 4, 0x80 | (bytes & 0x7f), 0x80 | ((bytes >> 7) & 0x7f), bytes >> 14]));
  const piece = Buffer.alloc(1000);
  for (let sent = 0; sent < bytes && !socket.destroyed; sent += piece.length) {
    socket.write(piece.subarray(0, bytes - sent));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the port of devices', () => {
  it('cuts packets too long by their first bytes, and lets a device send more than a stranger', async () => {
    const { arrivals, dial, read } = await listening();
    const stranger = dial();
    const cut = closed(stranger);
    await send(stranger, 1, 5000);
    await cut;
    const device = dial();
    await eventually(() => {
      expect(arrivals).toHaveLength(2);
    });
    arrivals[1]?.proven();
    const before = read();
    await send(device, 3, 60_000);
    await eventually(() => {
      expect(read()).toBe(before + 60_004);
    });
    const gone = closed(device);
    await send(device, 3, 70_000);
    await gone;
  });

  it('cuts who only pings', async () => {
    const { dial } = await listening();
    const socket = dial();
    const cut = closed(socket);
    socket.write(Buffer.from(Array.from({ length: 400 }, () => [0xc0, 0]).flat()));
    await cut;
  });

  it('has no room for a crowd that says nothing, and room again when some of it speak', async () => {
    const { arrivals, dial } = await listening();
    const crowd = Array.from({ length: 520 }, dial);
    await eventually(() => {
      expect(crowd.filter((socket) => socket.closed)).toHaveLength(20);
    });
    expect(arrivals).toHaveLength(500);
    arrivals[0]?.proven();
    arrivals[0]?.proven();
    dial();
    await eventually(() => {
      expect(arrivals).toHaveLength(501);
    });
  });

  it('speaks TLS where it has a certificate', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'siaga-mqtt-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const { cert, key } = await makeCertificate(['siaga.test']);
    const tls = { certFile: path.join(folder, 'crt'), keyFile: path.join(folder, 'key') };
    await Promise.all([writeFile(tls.certFile, cert), writeFile(tls.keyFile, key)]);
    const { at, arrivals, read } = await listening({ tls });
    const socket = connectSecurely({ host: at.host, port: at.port, ca: cert, servername: 'siaga.test' });
    ends.push(() => socket.destroy());
    await once(socket, 'secureConnect');
    socket.write(Buffer.from([0xc0, 0]));
    await eventually(() => {
      expect(read()).toBe(2);
    });
    expect(arrivals[0]?.address).toBe('127.0.0.1');
  });

  it('is opened as soon as nobody else has it', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { arrivals, dial } = await listening({ port });
    other.close();
    await eventually(() => {
      dial();
      expect(arrivals).not.toHaveLength(0);
    });
  });
});
