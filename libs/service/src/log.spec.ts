import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { redaction } from './log.ts';

it('what is secret is never written, wherever it stands in what is logged', () => {
  let line = '';
  const log = pino({ redact: redaction }, { write: (text: string) => (line += text) });
  const headers = { authorization: 'leak-1', cookie: 'leak-2', 'set-cookie': ['leak-3'], 'x-api-key': 'leak-4' };
  log.info({
    token: 'leak-5',
    ticket: 'leak-6',
    headers,
    request: { headers, body: { password: 'leak-7' } },
    key: 'leak-8',
  });
  log.info({ user: { secret: 'leak-9' }, name: 'shown' });
  expect(line).toContain('shown');
  expect(line.match(/leak-\d/g) ?? []).toEqual([]);
});
