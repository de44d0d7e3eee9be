import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ControllerRegistered, controllerRoutes, type Client } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { sheetOf, startTestStreet, type TestStreet } from '../street.harness.ts';

const [city = ''] = randomCities(1);
let street: TestStreet;
let call: Client;
beforeAll(async () => {
  street = await startTestStreet(city);
  call = await street.as({});
});
afterAll(() => street.close());

describe('the register of controllers', () => {
  it('is imported as people write it, told, and exported to be imported again', async () => {
    const lines = ['LC-1;lampu:PJU-1;;', 'LC-2;Lampu: PJU-2;15 menit;LoRaWAN', 'PC-1;panel:APP-1;60;JSON'];
    const body = sheetOf('ID Perangkat;Untuk;Selang Lapor (s);Protokol', lines);
    expect(await call(controllerRoutes.import, { query: {}, body })).toMatchObject({ created: 3, errors: [] });
    const { items } = await call(controllerRoutes.list, { query: {} });
    expect(items).toMatchObject([
      { controllerId: 'LC-1', protocol: 'street', speaksFor: 'lamp:PJU-1', intervalS: 900 },
      { controllerId: 'LC-2', protocol: 'chirpstack', speaksFor: 'lamp:PJU-2', intervalS: 900 },
      { controllerId: 'PC-1', protocol: 'street', speaksFor: 'panel:APP-1', intervalS: 60 },
    ]);
    await eventually(async () => {
      expect((await street.latest(ControllerRegistered)).get('PC-1')).toMatchObject({ data: { intervalS: 60 } });
    });
    const csv = await street.ask('/api/street/controllers', { accept: 'text/csv' });
    const again = { fileName: 'lagi.csv', contentBase64: Buffer.from(await csv.text()).toString('base64') };
    expect(await call(controllerRoutes.import, { query: {}, body: again })).toMatchObject({ unchanged: 3, errors: [] });
  });

  it('says what a line must look like', async () => {
    const body = sheetOf('ID Perangkat;Untuk', ['LC-9;PJU-9']);
    const { errors } = await call(controllerRoutes.import, { query: {}, body });
    expect(errors).toMatchObject([{ line: 2, message: expect.stringContaining('lampu:ID atau panel:ID') }]);
  });
});
