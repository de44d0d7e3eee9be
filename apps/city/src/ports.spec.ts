import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { claimPort, freePort } from './ports.ts';

it.each([
  ['the wall', () => claimPort('127.0.0.1', 0)],
  ['a service', () => freePort()],
])('gives %s a port that no outgoing connection takes before it listens there', async (_, ask) => {
  const ports = await Promise.all(Array.from({ length: 300 }, ask));
  expect(ports.filter((port) => port >= 32_768)).toEqual([]);
  expect(new Set(ports).size).toBe(300); // the same for two children would come about by chance, and end one of them
});

it('says which port is taken, and what to do', async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => {
      const address = taken.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  try {
    await expect(claimPort('127.0.0.1', port)).rejects.toThrow(`Port ${String(port)} is already in use`);
  } finally {
    taken.close();
  }
}, 15_000);
