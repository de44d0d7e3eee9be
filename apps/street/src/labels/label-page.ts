import { createHash } from 'node:crypto';
import { encode } from 'uqr';

/** What stands on a pole. */
export interface Label {
  readonly lampId: string;
  readonly poleNumber?: string | undefined;
  readonly road?: string | undefined;
}

/** Whose poles they are. */
export interface CityOfLabels {
  /** Where people reach the installation. */
  readonly address: string;
  /** `3574` */
  readonly city: string;
  readonly cityName: string;
}

const ACROSS = 4;
const DOWN = 6;
const ON_A_PAGE = ACROSS * DOWN;

/** A page for the printer: A4 sheets of labels, four across and six down, each with its QR code of {@link reportAddress}. */
export function labelPage(labels: readonly Label[], city: CityOfLabels): string {
  const sheets: string[] = [];
  for (let from = 0; from < labels.length; from += ON_A_PAGE) {
    const some = labels.slice(from, from + ON_A_PAGE).map((label) => labelOf(label, city));
    sheets.push(`<main>${some.join('')}</main>`);
  }
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>Label tiang · ${escaped(city.cityName)}</title><style>${style}</style>${sheets.join('')}</html>`;
}

/** Where people report a lamp: an address serves several cities, and each may have a lamp of that name. */
export function reportAddress({ address, city }: Pick<CityOfLabels, 'address' | 'city'>, lampId: string): string {
  return `${address.replace(/\/+$/, '')}/lapor/${city}/${encodeURIComponent(lampId)}`;
}

function labelOf({ lampId, poleNumber, road = '' }: Label, city: CityOfLabels) {
  const lines = [
    `<p class="ask">Lampu padam? Pindai.</p>`,
    qr(reportAddress(city, lampId)),
    `<p class="pole">${escaped(poleNumber ?? lampId)}</p>`,
    `<p class="small">${[...(poleNumber === undefined ? [] : [lampId]), road].filter(Boolean).map(escaped).join(' · ')}</p>`,
    `<p class="small">PJU ${escaped(city.cityName)}</p>`,
  ];
  return `<section>${lines.join('')}</section>`;
}

/** The code as one path of dark runs, with the quiet zone scanners need. */
function qr(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const runs = data.flatMap((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`));
  return `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${runs.join('')}"/></svg>`;
}

/** Where dark runs begin, and how long they are. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}

/** Text that is no markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}

const style = `
@page { size: A4; margin: 0 }
body { margin: 0; font-family: system-ui, sans-serif; color: #000; background: #fff }
main { box-sizing: border-box; width: 210mm; height: 297mm; padding: 6mm; display: grid;
  grid-template: repeat(${DOWN}, 1fr) / repeat(${ACROSS}, 1fr); break-after: page }
section { display: flex; flex-direction: column; align-items: center; justify-content: center; overflow: hidden;
  text-align: center; border: 0.1mm dashed #bbb; padding: 1mm }
svg { width: 27mm; height: 27mm }
p { margin: 0; max-width: 100%; overflow-wrap: anywhere }
.ask { font-size: 3mm; font-weight: 600 }
.pole { font-size: 4mm; font-weight: 700 }
.small { font-size: 2.4mm; line-height: 1.2 }
`;

/** What a browser may do with the page: show it, in its own style. */
export const labelPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'`;
