import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListAlarmWebhooks, RegisterAlarmWebhook, RemoveAlarmWebhook, type Client } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { blockOf, startTestAlarms, type TestAlarms } from '../alarms.harness.ts';
import { deliveries } from './webhook-document.ts';

const [city = ''] = randomCities(1);
let desk: TestAlarms;
let admin: Client;
let receiver: Server;
let url: string;
let isDown = false;
const heard: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      if (request.url === '/hangs') return;
      heard.push({ headers: request.headers, body });
      response.writeHead(isDown ? 503 : 204).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}`;
  desk = await startTestAlarms(city, { WEBHOOK_NETWORKS: '127.0.0.1' });
  admin = await desk.as({ id: 'admin-1234', roles: ['agency-admin'] });
});
afterAll(async () => {
  await desk.close();
  receiver.closeAllConnections();
  receiver.close();
});

const settings = (over: object = {}) => ({
  name: 'Grup PJU',
  url: `${url}/hook`,
  agency: 'dishub' as const,
  leastSeverity: 'high' as const,
  ...over,
});
const messagesOf = (thing: string) =>
  heard.flatMap(({ headers, body }) => {
    const message = JSON.parse(body) as {
      type: string;
      exercise: boolean;
      data: { step: string; thing: { thingId: string } };
    };
    return message.data.thing.thingId === thing ? [{ headers, body, ...message }] : [];
  });

describe('a webhook', () => {
  it('is told, signed, of what it asked for, and again under the same id until it takes it; also after a restart', async () => {
    const { secret, webhook } = await admin(RegisterAlarmWebhook, { body: settings() });
    const hanging = await admin(RegisterAlarmWebhook, { body: settings({ url: `${url}/hangs`, name: 'Macet' }) });
    isDown = true;
    await desk.say([blockOf('hook').feeder({ severity: 'high' }), blockOf('faint').feeder({ severity: 'medium' })]);
    await eventually(() => expect(messagesOf('hook')).toHaveLength(1));
    const failing = await eventually(async () => {
      const { items } = await admin(ListAlarmWebhooks, {});
      expect(items.find(({ name }) => name === 'Grup PJU')).toMatchObject({
        waiting: 1,
        failure: { detail: expect.stringContaining('503') },
      });
      return items;
    });
    expect(JSON.stringify(failing)).not.toContain(secret);

    isDown = false;
    await desk.restart();
    await desk.documents((store) => store.of(deliveries).updateMany({}, { $set: { wakeAtMs: 1 } }));
    await eventually(() => expect(messagesOf('hook').length).toBeGreaterThan(1));
    await eventually(async () => {
      const { items } = await admin(ListAlarmWebhooks, {});
      const mine = items.find(({ webhookId }) => webhookId === webhook.webhookId);
      expect(mine).toMatchObject({ waiting: 0 });
      expect(mine).not.toHaveProperty('failure');
      expect(mine?.deliveredAtMs).toBeGreaterThan(0);
    });
    const [first, again] = messagesOf('hook');
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(again).toMatchObject({ type: 'alarms.alarm.logged', exercise: false, data: { step: 'raised' } });
    const signed = `${String(again?.headers['webhook-id'])}.${String(again?.headers['webhook-timestamp'])}.${again?.body ?? ''}`;
    const hmac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(signed);
    expect(again?.headers['webhook-signature']).toBe(`v1,${hmac.digest('base64')}`);
    expect(messagesOf('faint')).toEqual([]);

    for (const { webhookId } of [webhook, hanging.webhook]) await admin(RemoveAlarmWebhook, { params: { webhookId } });
    expect((await admin(ListAlarmWebhooks, {})).items).toEqual([]);
    expect(await desk.documents((store) => store.of(deliveries).countDocuments())).toBe(0);
  });

  it('goes nowhere inside, and belongs to the administrators of its agency', async () => {
    for (const inside of ['https://10.1.2.3/x', 'https://169.254.169.254/latest', 'http://8.8.8.8/'])
      await expect(admin(RegisterAlarmWebhook, { body: settings({ url: inside }) })).rejects.toMatchObject({
        kind: 'invalid',
      });
    await expect(admin(RegisterAlarmWebhook, { body: settings({ agency: 'dlh' }) })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const dispatcher = await desk.as({});
    await expect(dispatcher(ListAlarmWebhooks, {})).rejects.toMatchObject({ kind: 'forbidden' });
    const { webhook } = await admin(RegisterAlarmWebhook, { body: settings() });
    const stranger = await desk.as({ agencies: ['dlh'], roles: ['agency-admin'] });
    expect((await stranger(ListAlarmWebhooks, {})).items).toEqual([]);
    const { webhookId } = webhook;
    await expect(stranger(RemoveAlarmWebhook, { params: { webhookId } })).rejects.toMatchObject({ kind: 'not-found' });
    await admin(RemoveAlarmWebhook, { params: { webhookId } });
  });
});
