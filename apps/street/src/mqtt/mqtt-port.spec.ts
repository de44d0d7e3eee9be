import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { metrics } from '@siaga/service';
import { eventually, makeCertificate } from '@siaga/testing';
import { closed, freePort } from './mqtt.harness.ts';
import { MqttPort, type Arrival, type MqttAddress } from './mqtt-port.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A port, who came, and all bytes that were read. */
async function listening(over: Partial<MqttAddress> = {}, handshakeWithinMs?: number) {
  const asked = { host: '127.0.0.1', port: 0, ...over };
  const arrivals: Arrival[] = [];
  let bytes = 0;
  const arrived = (arrival: Arrival) => {
    arrivals.push(arrival);
    arrival.socket.on('readable', () => {
      bytes += (arrival.socket.read() as Buffer | null)?.length ?? 0;
    });
  };
  const mqtt = new MqttPort(asked, arrived, handshakeWithinMs);
  ends.push(() => {
    mqtt.close();
  });
  await mqtt.listen();
  const at = { ...asked, port: mqtt.port ?? asked.port };
  const dial = () => {
    const socket = connect(at.port, at.host).on('error', () => undefined);
    ends.push(() => socket.destroy());
    return socket;
  };
  return { at, mqtt, arrivals, dial, read: () => bytes };
}
/** Files of a certificate made for this test. */
async function certified() {
  const folder = await mkdtemp(path.join(tmpdir(), 'siaga-mqtt-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const { cert, key } = await makeCertificate(['siaga.test']);
  const tls = { certFile: path.join(folder, 'crt'), keyFile: path.join(folder, 'key') };
  await Promise.all([writeFile(tls.certFile, cert), writeFile(tls.keyFile, key)]);
  return { cert, tls };
}

async function cutsBecause(because: string): Promise<number> {
  const counted = await metrics.getSingleMetric('siaga_mqtt_cut_total')?.get();
  return counted?.values.find(({ labels }) => labels['because'] === because)?.value ?? 0;
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

  it('cuts who publishes under an endless topic, before that is there, and says why', async () => {
    const { arrivals, dial } = await listening();
    const device = dial();
    await eventually(() => {
      expect(arrivals).toHaveLength(1);
    });
    arrivals[0]?.proven();
    const gone = closed(device);
    const before = await cutsBecause('topic-too-long');
    device.write(Buffer.from([0x30, 0xe8, 0x07, 0x00, 0x64, ...Buffer.alloc(998)]));
    device.write(Buffer.from([0x30, 0xe8, 0x07, 0x00, 0x65]));
    await gone;
    expect(arrivals[0]?.cut).toBe('topic-too-long');
    expect(await cutsBecause('topic-too-long')).toBe(before + 1);
  });

  it('speaks TLS where it has a certificate', async () => {
    const { cert, tls } = await certified();
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

  it('counts the crowd before it shakes hands', async () => {
    const { tls } = await certified();
    const { arrivals, dial } = await listening({ tls }, 300_000);
    const before = await cutsBecause('crowded');
    const crowd = Array.from({ length: 520 }, dial);
    await eventually(() => {
      expect(crowd.filter((socket) => socket.closed)).toHaveLength(20);
    });
    expect(await cutsBecause('crowded')).toBe(before + 20);
    expect(arrivals).toEqual([]);
  });

  it('cuts who shakes no hands, and counts it', async () => {
    const { tls } = await certified();
    const { dial } = await listening({ tls }, 200);
    const before = await cutsBecause('no-handshake');
    await closed(dial());
    await eventually(async () => {
      expect(await cutsBecause('no-handshake')).toBe(before + 1);
    });
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
