import { createHash } from 'node:crypto';
import type { WorkOrder, WorkStop } from '@siaga/contracts';
import { escaped } from '../labels/label-page.ts';
import { troubleWords } from '../reports/report-rules.ts';

/** A page for the printer: what a crew has to do, stop by stop, with room to write. No script, no picture. */
export function crewSheet(order: WorkOrder, cityName: string): string {
  const { workOrderId, crew, plannedOn, note, straightLineM, stops } = order;
  const km = (straightLineM / 1000).toLocaleString('id-ID', { maximumFractionDigits: 1 });
  const head = [crew, plannedOn, `${String(stops.length)} tempat`, `${km} km garis lurus`].filter(
    (part) => part !== undefined,
  );
  const rows = stops.map((stop, at) => rowOf(stop, at + 1)).join('');
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>${workOrderId} · ${escaped(cityName)}</title><style>${style}</style>
<h1>Perintah kerja ${workOrderId}</h1><p class="head">PJU ${escaped(cityName)} · ${head.map(escaped).join(' · ')}</p>${
    note === undefined ? '' : `<p class="note">${escaped(note)}</p>`
  }
<table><thead><tr><th>No.</th><th>Tiang</th><th>Tempat</th><th>Keluhan</th><th>Tindakan dan bahan</th><th>Selesai</th></tr></thead><tbody>${rows}</tbody></table>
<p class="foot">Urutan menurut garis lurus, bukan jalan. Petugas: ____________________  Tanggal: ______________</p></html>`;
}

function rowOf({ lampId, panelId, poleNumber, road, watt, place, troubles, reportIds }: WorkStop, number: number) {
  const name = poleNumber ?? lampId ?? (panelId === undefined ? '–' : `Panel ${panelId}`);
  const below = [poleNumber === undefined ? undefined : lampId, watt === undefined ? undefined : `${String(watt)} W`];
  const at = place === undefined ? 'tempat tidak diketahui' : `${place.lat.toFixed(6)}, ${place.lng.toFixed(6)}`;
  const cells = [
    String(number),
    `<b>${escaped(name)}</b>${smaller(below)}`,
    `${escaped(road ?? '')}${smaller([at])}`,
    `${troubles.map(troubleWords).map(escaped).join(', ')}${smaller(reportIds)}`,
    '',
    '☐',
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function smaller(parts: readonly (string | undefined)[]): string {
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? '' : `<br><small>${said.map(escaped).join(' · ')}</small>`;
}

const style = `
@page { size: A4; margin: 12mm }
body { margin: 0; font: 3.6mm system-ui, sans-serif; color: #000; background: #fff }
h1 { font-size: 6mm; margin: 0 }
.head { margin: 1mm 0 3mm }
.note { white-space: pre-line; border: 0.3mm solid #000; padding: 2mm }
table { border-collapse: collapse; width: 100% }
th, td { border: 0.2mm solid #555; padding: 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { font-size: 3mm }
td:nth-child(1), td:nth-child(6) { text-align: center; width: 8mm }
td:nth-child(5) { width: 50mm; height: 14mm }
tr { break-inside: avoid }
small { color: #333; font-size: 2.8mm }
.foot { font-size: 3mm; margin-top: 5mm }
`;

/** What a browser may do with the page: show it, in its own style. */
export const sheetPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'`;
