import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Area, Fault, type City } from '@siaga/contracts';
import { boundsOf, grow, outline } from '@siaga/geo';
import { CityRecords } from '@siaga/service/city-records';
import { z } from 'zod';
import { alone } from '../alone.ts';
import { optionsOf } from '../option-words.ts';
import type { Command } from './command.ts';

/** Units come from the neighbours, and roads lead out and back in. */
const AROUND_M = 3000;

/** A city whose outline nobody gave. */
const FROM_CENTRE_M = 10_000;

/** The only city whose outline is in this build. */
const OUTLINED = '3574';

const AreaOption = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .transform(([south, west, north, east, ...more]) => (more.length === 0 ? { south, west, north, east } : undefined))
  .refine(
    (area) => Area.safeParse(area).success,
    'selatan,barat,utara,timur · south,west,north,east, --area=-7.83,113.14,-7.71,113.27',
  )
  .transform((area) => Area.parse(area));

/** `siaga map import`: streets, their names and the roads of a city, from an extract of OpenStreetMap, for work without internet. */
export const importStreets: Command = {
  summary:
    'peta jalan luring dari berkas OpenStreetMap (.osm.pbf, .osm) · an offline street map from an OpenStreetMap file',
  usage: '<berkas · file> [--area=<selatan,barat,utara,timur · south,west,north,east>]',
  mostWords: 1,
  options: { area: { type: 'string' } },
  async run({ data, city, mapDir, values, words: [file], timeOf }) {
    if (file === undefined)
      throw new Fault(
        'invalid',
        'sebutkan berkas .osm.pbf, misalnya dari download.geofabrik.de · name an .osm.pbf file, for example of download.geofabrik.de',
      );
    if (mapDir === undefined) data.assertCity();
    const { area } = optionsOf(z.object({ area: AreaOption.optional() }), values);
    const { importMap, MapFolder } = await import('@siaga/streets'); // not for every command
    const maps = new MapFolder(mapDir ?? data.mapFolder);
    const wanted = {
      ...{ file: path.resolve(file), city },
      area: area ?? areaOf(city, new CityRecords(data.cities()).of(city)),
    };
    // of two at once each would take the other's map away
    const folder = maps.cityFolder(city);
    await mkdir(folder, { recursive: true });
    const done = await alone(path.join(folder, 'import.lock'), () => importMap(maps, wanted));
    const { streets, lanes, crossings, landmarks, roadKm } = done.counts;
    const text = `${done.source}, data ${timeOf(done.sourceAtMs)}
${String(streets)} jalan · streets, ${String(lanes)} gang · lanes, ${String(crossings)} simpang · crossings, ${String(landmarks)} tempat · landmarks, ${String(roadKm)} km jalan kendaraan · of roads
Kota yang berjalan memakainya dalam beberapa detik; layar peta dimuat ulang · the running city takes it up in seconds; reload screens
© OpenStreetMap contributors, ODbL · https://www.openstreetmap.org/copyright`;
    return { answer: done, text };
  },
};

/** Its outline and a margin; of a city without one the ground around its centre. */
function areaOf(code: string, city: City | undefined): Area {
  const outlined = code === OUTLINED ? boundsOf(outline().polygons.flatMap(([outer]) => outer)) : undefined;
  if (outlined !== undefined) return grow(outlined, AROUND_M);
  const around = city === undefined ? undefined : boundsOf([city.centre]);
  if (around !== undefined) return grow(around, FROM_CENTRE_M);
  throw new Fault(
    'not-found',
    `kota ${code} belum dicatat: sebutkan --area · nobody wrote down city ${code}: name --area`,
  );
}
