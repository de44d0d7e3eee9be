import { kelurahanAt } from '@siaga/geo';
import { REGISTER_ID, type Place } from '@siaga/contracts';
import { column, degrees, optional, text, type CellParser, type Headings } from '@siaga/registers';

/** How every id of a register is written. */
export const idText = text({
  max: 40,
  form: new RegExp(`^${REGISTER_ID}$`),
  hint: 'hanya huruf, angka, dan - _ . tanpa spasi, tidak berakhir titik',
});

/** The column that names a thing for ever. */
export const idColumn = (headings: Headings, example: string) =>
  column({
    ...{ headings, parse: idText, example },
    explanation: 'Nama tetapnya di Siaga. Impor ulang dengan ID yang sama mengubah baris itu.',
  });

export const roadColumn = optional({
  headings: { id: 'Jalan', en: 'Road', aliases: ['nama jalan', 'ruas jalan', 'ruas', 'alamat', 'lokasi'] },
  parse: text({ max: 80 }),
  example: 'Jl. Soekarno Hatta',
  explanation: 'Jalan tempatnya berdiri.',
});

/** A spreadsheet keeps twelve digits as a number, and people part them with spaces or points. */
export const idpelText: CellParser<string> = ({ text: given, kind }) => {
  const digits = kind === 'number' ? BigInt(Math.round(Number(given))).toString() : given.replace(/[\s.-]/g, '');
  if (/^\d{12}$/.test(digits)) return { value: digits };
  return { problem: `"${given.slice(0, 40)}" bukan IDPEL. IDPEL terdiri dari 12 angka, misalnya 515100012345` };
};

/** The number of a PLN connection; what it is for differs from sheet to sheet. */
export const idpelColumn = (explanation: string) =>
  optional({
    headings: { id: 'IDPEL', en: 'PLN customer ID', aliases: ['id pel', 'id pelanggan', 'nomor pelanggan'] },
    parse: idpelText,
    example: '515100012345',
    explanation,
  });

/** Which kelurahan a place lies in; nothing outside the city. */
export function kelurahanOf(place: Place | undefined): { kelurahanCode?: string } {
  const found = place && kelurahanAt(place);
  return found === undefined ? {} : { kelurahanCode: found.code };
}

/** One of two words for yes and no; anything else is asked for again. */
export const yesOrNo: CellParser<boolean> = ({ text: given }) => {
  const word = given.trim().toLowerCase();
  if (['ya', 'y', 'yes', '1', 'true', 'benar'].includes(word)) return { value: true };
  if (['tidak', 't', 'no', 'n', '0', 'false', 'bukan', '-'].includes(word)) return { value: false };
  return { problem: `"${given.slice(0, 40)}" tidak dikenal. Tulis ya atau tidak` };
};

/** Where a thing stands, and whether that is a guess. */
export const placeColumns = {
  lat: column({
    headings: { id: 'Latitude', en: 'Latitude', aliases: ['lintang', 'lat', 'koordinat y'] },
    parse: degrees('latitude'),
    example: '-7.7551',
    explanation: 'Lintang dalam derajat desimal.',
  }),
  lng: column({
    headings: { id: 'Longitude', en: 'Longitude', aliases: ['bujur', 'lng', 'lon', 'long', 'koordinat x'] },
    parse: degrees('longitude'),
    example: '113.1910',
    explanation: 'Bujur dalam derajat desimal.',
  }),
  approximate: optional({
    headings: { id: 'Posisi Perkiraan', en: 'Approximate', aliases: ['perkiraan', 'posisi kira-kira'] },
    parse: yesOrNo,
    write: (isGuess: boolean) => (isGuess ? 'ya' : 'tidak'),
    example: 'tidak',
    explanation: 'ya bila koordinatnya hanya perkiraan.',
  }),
};
