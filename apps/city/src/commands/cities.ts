import { cities, City, CityCode, Fault, Place } from '@siaga/contracts';
import { CityRecords } from '@siaga/service/city-records';
import { z } from 'zod';
import { optionsOf } from '../option-words.ts';
import type { Command } from './command.ts';
import { siagaCommand } from '../siaga-command.ts';

const Centre = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .transform(([lat, lng, ...more]) => (more.length === 0 ? { lat, lng } : undefined))
  .refine((place) => Place.safeParse(place).success, 'lintang,bujur · latitude,longitude, --centre=-7.98,112.63')
  .transform((place) => Place.parse(place));

const Added = z.object({
  name: City.shape.name,
  timezone: City.shape.timezone.default('Asia/Jakarta'),
  centre: Centre,
});

/** Two digits of a province, 11 to 96, and two of a city or regency (Kepmendagri 300.2.2-2430/2025). */
const KemendagriCode = CityCode.regex(/^(1[1-9]|[2-8]\d|9[0-6])(0[1-9]|[1-9]\d)$/);

/** `siaga city add`: another city on this installation, from its next start on. */
export const add: Command = {
  summary: 'layani kota lain sejak mulai berikutnya · serve another city, from the next start on',
  usage: '<kode · code> --name <nama · name> --centre=<lintang,bujur · lat,lng> [--timezone Asia/Jakarta]',
  mostWords: 1,
  options: { name: { type: 'string' }, centre: { type: 'string' }, timezone: { type: 'string' } },
  async run({ data, values, words: [code], toServe }) {
    if (code === undefined || !KemendagriCode.safeParse(code).success)
      throw new Fault(
        'invalid',
        'sebutkan kode Kemendagri kota, empat angka, misalnya 3573 · name the code of the city, four digits, like 3573',
      );
    const city: City = { code, languages: ['id', 'en'], ...optionsOf(Added, values) };
    if (code in cities)
      throw new Fault(
        'conflict',
        `kota ${code} sudah dikenal: ${cities[code]?.name ?? ''} · this build knows that city`,
      );
    const isNew = await data.addCity(city, { toServe });
    const running = await data.running();
    const text = [
      `${city.code}  ${city.name}  ${isNew ? 'ditambahkan · added' : 'diperbarui · changed'}`,
      ...(running === undefined ? [] : ['mulai ulang Siaga agar kota ini dilayani · restart to serve it']),
      `lalu · then: ${siagaCommand(`user invite --city ${city.code} --name <nama> --role city-admin`)}`,
    ].join('\n');
    return { answer: city, text };
  },
};

/** `siaga city list`: cities of this installation, and which of them the running one serves. */
export const list: Command = {
  summary: 'kota di pemasangan ini, dan yang dilayani · cities of this installation, and which are being served',
  async run({ data, homeCity, gatewayUrl }) {
    if (gatewayUrl === undefined) data.assertCity();
    const added = data.cities();
    const records = new CityRecords(added);
    const running = await data.running();
    const items = [...new Set([homeCity, ...added.map(({ code }) => code)])].map((code) => ({
      code,
      name: records.of(code)?.name ?? code,
      isHome: code === homeCity,
      isServed: running?.cities.includes(code) ?? false,
    }));
    const lineOf = ({ code, name, isHome, isServed }: (typeof items)[number]) =>
      [
        ...[code, name, ...(isHome ? ['kota utama · home city'] : [])],
        isServed ? 'dilayani · served' : running === undefined ? 'tidak berjalan · not running' : 'mulai ulang agar dilayani · restart to serve it', // prettier-ignore
      ].join('  ');
    return { answer: items, text: items.map(lineOf).join('\n') };
  },
};
