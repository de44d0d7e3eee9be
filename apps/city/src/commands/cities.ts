import { City, Fault, parse } from '@siaga/contracts';
import { CityRecords } from '@siaga/service';
import { z } from 'zod';
import type { Command } from './command.ts';

const Centre = z
  .string()
  .regex(/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/, 'lintang,bujur · latitude,longitude, for example --centre=-7.98,112.63')
  .transform((text) => text.split(',').map(Number))
  .transform(([lat, lng]) => ({ lat, lng }));

const isTimezone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('id', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const Added = z.object({
  name: z.string().trim().min(1).max(100),
  timezone: z
    .string()
    .refine(isTimezone, 'a zone of the IANA data base, for example Asia/Jakarta')
    .default('Asia/Jakarta'),
  centre: Centre,
});

/** `siaga city add`: another city on this installation, from its next start on. */
export const add: Command = {
  summary:
    '<code> --name <name> --centre=<lat,lng> [--timezone Asia/Jakarta]: serve another city, from the next start on',
  options: { name: { type: 'string' }, centre: { type: 'string' }, timezone: { type: 'string' } },
  async run({ data, values, words: [code] }) {
    if (code === undefined)
      throw new Fault('invalid', 'sebutkan kode Kemendagri kota · name the city’s code of four digits, like 3573');
    const city = parse(City, { code, languages: ['id', 'en'], ...parse(Added, values, 'options') }, 'city');
    const isNew = await data.addCity(city);
    const running = await data.running();
    const text = [
      `${city.code}  ${city.name}  ${isNew ? 'ditambahkan · added' : 'diperbarui · changed'}`,
      ...(running === undefined ? [] : ['mulai ulang Siaga agar kota ini dilayani · restart to serve it']),
      `lalu · then: siaga user invite --city ${city.code} --name <nama> --role city-admin`,
    ].join('\n');
    return { answer: city, text };
  },
};

/** `siaga city list`: cities of this installation, and which of them the running one serves. */
export const list: Command = {
  summary: 'cities of this installation, and which of them are being served',
  async run({ data, homeCity }) {
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
