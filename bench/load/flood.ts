import { connect, type Socket } from 'node:net';

/** What a child of the bench is to send: reports of trucks `FLOOD-0…`, at an even pace whatever comes back, or as answered. */
export interface FloodPlan {
  url: string;
  trucks: number;
  /** Requests on their way at most, a connection each. */
  connections: number;
  /** Absent: each connection sends its next report once the last one was answered. */
  perSecond?: number;
  seconds: number;
}

/** What came of it. */
export interface FloodTally {
  taken: number;
  /** 429 and 503. */
  refused: number;
  other: number;
  /** Due while every connection still waited for an answer. */
  unsent: number;
  /** Answers of all kinds, ms. */
  p99Ms: number;
}

const plan = JSON.parse(process.argv[2] ?? '{}') as FloodPlan;
const tally = { taken: 0, refused: 0, other: 0, unsent: 0 };
const { hostname, port } = new URL(plan.url);
const delays: number[] = [];
const idle: Socket[] = [];
const sentAtMs = new WeakMap<Socket, number>();
const fromMs = Date.now() - 86_400_000;
const untilMs = performance.now() + plan.seconds * 1000;
let sent = 0;

/** Written by hand: a client of Node costs more than the city it presses. */
function send(socket: Socket): void {
  const report = sent++;
  const step = Math.floor(report / plan.trucks);
  const place = `lat=${-7.75 - (step % 1000) * 0.00002}&lon=113.21&speed=5`;
  const query = `id=FLOOD-${report % plan.trucks}&timestamp=${fromMs + step * 5000}&${place}`;
  sentAtMs.set(socket, performance.now());
  socket.write(`GET /ingest/osmand?${query} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`);
}

function heard(socket: Socket, status: string): void {
  const sentMs = sentAtMs.get(socket);
  // a connection on which nothing was ever asked is told so after ten seconds, and closed
  if (sentMs === undefined) return;
  sentAtMs.delete(socket);
  if (status === '200') tally.taken += 1;
  else if (status === '429' || status === '503') tally.refused += 1;
  else tally.other += 1;
  delays.push(performance.now() - sentMs);
  if (plan.perSecond === undefined && performance.now() < untilMs) send(socket);
  else idle.push(socket);
}

function opened(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once('connect', () => {
      idle.push(socket);
      resolve();
    });
    socket.on('error', () => undefined);
    // an answer is small: its head comes in one piece
    socket.on('data', (part: Buffer) => {
      const status = /^HTTP\/1\.1 (\d+)/.exec(part.toString('latin1', 0, 16))?.[1];
      if (status !== undefined) heard(socket, status);
    });
  });
}

for (let more = plan.connections; more > 0; more -= 50)
  await Promise.all(Array.from({ length: Math.min(50, more) }, opened));
const startedMs = performance.now();
if (plan.perSecond === undefined) for (const socket of idle.splice(0)) send(socket);
let due = 0;
const timer = setInterval(() => {
  if (performance.now() > untilMs) {
    clearInterval(timer);
    const sorted = delays.toSorted((a, b) => a - b);
    const p99Ms = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
    process.send?.({ ...tally, p99Ms } satisfies FloodTally, () => process.exit(0));
    return;
  }
  if (plan.perSecond === undefined) return;
  const total = Math.floor(((performance.now() - startedMs) / 1000) * plan.perSecond);
  for (; due < total; due += 1) {
    const socket = idle.shift();
    if (socket === undefined) tally.unsent += 1;
    else if (socket.writable) send(socket);
  }
}, 10);
process.once('disconnect', () => process.exit(0));
