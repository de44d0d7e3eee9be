import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The module that carries a GeoJSON file into Node, Jest and the browser alike: JSON imports need an attribute that the
 * compiler drops, and a string parses faster than a literal. `geojson.spec.ts` fails when the two differ.
 */
export function moduleOf(fileName: string, geojson: string): string {
  const compact = JSON.stringify(JSON.parse(geojson));
  return [
    `/** ${fileName} as text; made by \`node libs/geo/src/data/generate.ts\`. Licence: ${fileName.replace('.geojson', '.LICENSE.txt')}. */`,
    '// prettier-ignore',
    `export const text = '${compact}';`,
    '',
  ].join('\n');
}

if (import.meta.main) {
  const fileName = 'kelurahan-3574.geojson';
  const geojson = readFileSync(new URL(fileName, import.meta.url), 'utf8');
  writeFileSync(new URL(fileName.replace('.geojson', '.ts'), import.meta.url), moduleOf(fileName, geojson));
}
