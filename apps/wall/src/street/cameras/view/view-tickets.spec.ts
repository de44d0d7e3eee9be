import { expect, it } from '@jest/globals';
import { ViewTickets } from './view-tickets.ts';

const TICKET_MS = 5 * 60_000;

function room() {
  let nowMs = 1_800_000_000_000;
  const opened: string[] = [];
  const tickets = new ViewTickets((cameraId) => {
    opened.push(cameraId);
    if (cameraId === 'gone') return Promise.reject(new Error('no such camera'));
    return Promise.resolve({ cameraId, ticket: String(opened.length), untilMs: nowMs + TICKET_MS, watermark: 'p1' });
  });
  return {
    tickets,
    opened,
    open: (cameraId: string) => tickets.of(cameraId, nowMs),
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

it('a camera is opened once for as long as its ticket lasts, however many look', async () => {
  const { opened, open, wait } = room();
  await Promise.all([open('flora'), open('flora')]);
  wait(TICKET_MS - 16_000);
  expect((await open('flora')).ticket).toBe('1');
  await open('plaza');
  wait(2000);
  const renewed = await Promise.all([open('flora'), open('flora')]);
  expect(renewed.map(({ ticket }) => ticket)).toEqual(['3', '3']);
  expect(opened).toEqual(['flora', 'plaza', 'flora']);
});

it('one that is forgotten, or could not be opened, is opened anew', async () => {
  const { tickets, opened, open } = room();
  await open('flora');
  tickets.forget('flora');
  await open('flora');
  await expect(open('gone')).rejects.toThrow('no such camera');
  await expect(open('gone')).rejects.toThrow('no such camera');
  expect(opened).toEqual(['flora', 'flora', 'gone', 'gone']);
});
