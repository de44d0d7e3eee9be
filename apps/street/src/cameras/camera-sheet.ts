import { Camera, type CameraPurpose } from '@siaga/contracts';
import {
  column,
  date,
  decimal,
  defineRegister,
  oneOf,
  optional,
  text,
  type CellParser,
  type RowOf,
} from '@siaga/registers';
import { ownerColumn } from '../register/agency-column.ts';
import { idColumn, idText, placeColumns } from '../register/columns.ts';

const purposes: Record<CameraPurpose, readonly [string, ...string[]]> = {
  traffic: ['Lalu lintas', 'lalulintas', 'atcs', 'traffic'],
  security: ['Keamanan', 'ketertiban', 'security'],
  disaster: ['Bencana', 'pencegahan bencana', 'banjir', 'disaster'],
};

const { streamUrl, snapshotUrl, playbackUrl, mediaStream } = Camera.shape;

/** The contract says what an address is; here in the words of a sheet. */
const address =
  (shape: typeof streamUrl | typeof mediaStream, example: string): CellParser<string> =>
  ({ text: given }) => {
    const read = shape.safeParse(given.trim());
    if (read.success && read.data !== undefined) return { value: read.data };
    const custom = read.error?.issues.find(({ code }) => code === 'custom');
    return { problem: custom?.message ?? `bukan alamat yang dikenal. Tulis seperti ${example}` };
  };

const wholeCircle = { min: 0, max: 359.9 };

/** The register of cameras as an agency keeps it in a spreadsheet. Names and passwords of cameras are in none. */
export const cameraSheet = defineRegister({
  name: 'kamera',
  key: 'cameraId',
  columns: {
    cameraId: idColumn({ id: 'ID Kamera', en: 'Camera ID', aliases: ['kamera', 'kode kamera', 'id cctv'] }, 'CCTV-007'),
    name: column({
      headings: { id: 'Nama', en: 'Name', aliases: ['nama kamera', 'titik', 'lokasi', 'nama lokasi', 'simpang'] },
      parse: text({ max: 80 }),
      example: 'Simpang 4 Dr Sutomo–Ahmad Yani (Flora)',
      explanation: 'Seperti orang menyebut tempatnya.',
    }),
    owner: ownerColumn,
    purpose: column({
      headings: { id: 'Tujuan', en: 'Purpose', aliases: ['tujuan pemantauan', 'fungsi'] },
      parse: oneOf(purposes),
      write: (purpose: CameraPurpose) => purposes[purpose][0],
      example: 'Lalu lintas',
      explanation: 'Lalu lintas, Keamanan, atau Bencana: hanya itu yang dibolehkan UU 27/2022 pasal 17.',
    }),
    ...placeColumns,
    directionDeg: optional({
      headings: { id: 'Arah (°)', en: 'Direction (°)', aliases: ['arah', 'arah kamera', 'azimut'] },
      parse: decimal({ ...wholeCircle, units: { '°': 1 } }),
      example: '135',
      explanation: 'Arah tengah gambar, derajat dari utara searah jarum jam. Kosongkan untuk kamera yang berputar.',
    }),
    fieldOfViewDeg: optional({
      headings: { id: 'Sudut Pandang (°)', en: 'Field of view (°)', aliases: ['sudut pandang', 'sudut', 'fov'] },
      parse: decimal({ min: 1, max: 360, units: { '°': 1 } }),
      example: '80',
      explanation: 'Lebar gambar dalam derajat.',
    }),
    rangeM: optional({
      headings: { id: 'Jangkauan (m)', en: 'Range (m)', aliases: ['jangkauan', 'jarak pandang', 'jarak'] },
      parse: decimal({ min: 1, max: 2000, units: { m: 1, meter: 1 } }),
      example: '120',
      explanation: 'Sejauh mana orang dan kendaraan masih tampak.',
    }),
    linkId: optional({
      headings: { id: 'Tautan Radio', en: 'Link', aliases: ['tautan', 'radio', 'link', 'id tautan'] },
      parse: idText,
      example: 'RADIO-03',
      explanation: 'ID tautan radio yang membawa gambarnya. Kosongkan bila tidak ada.',
    }),
    panelId: optional({
      headings: { id: 'Panel', en: 'Panel', aliases: ['id panel', 'app', 'box app'] },
      parse: idText,
      example: 'APP-001',
      explanation: 'Panel yang memberinya listrik. Kosongkan bila tidak tahu.',
    }),
    streamUrl: optional({
      headings: { id: 'Alamat Aliran', en: 'Stream', aliases: ['rtsp', 'alamat rtsp', 'url', 'stream url'] },
      parse: address(streamUrl, 'rtsp://10.20.1.5:554/Streaming/Channels/101'),
      example: 'rtsp://10.20.1.5:554/Streaming/Channels/101',
      explanation: 'Alamat RTSP tanpa nama dan sandi: keduanya diisi lewat Sandi kamera.',
    }),
    snapshotUrl: optional({
      headings: { id: 'Alamat Foto', en: 'Snapshot', aliases: ['snapshot', 'url foto', 'alamat snapshot'] },
      parse: address(snapshotUrl, 'http://10.20.1.5/ISAPI/Streaming/channels/101/picture'),
      example: 'http://10.20.1.5/ISAPI/Streaming/channels/101/picture',
      explanation: 'Alamat satu gambar JPEG, tanpa nama dan sandi.',
    }),
    playbackUrl: optional({
      headings: { id: 'Alamat Rekaman', en: 'Playback', aliases: ['rekaman', 'nvr', 'playback url'] },
      parse: address(playbackUrl, 'https://10.20.1.9/CCTV-007?dari={from}&sampai={to}'),
      example: 'https://10.20.1.9/CCTV-007?dari={from}&sampai={to}',
      explanation: 'Tempat rekamannya dilihat; {from} dan {to} diganti waktunya.',
    }),
    mediaStream: optional({
      headings: { id: 'Aliran Media', en: 'Media stream', aliases: ['go2rtc', 'mediamtx', 'server media'] },
      parse: address(mediaStream, 'pusat/CCTV-007'),
      example: 'pusat/CCTV-007',
      explanation: 'Nama server media, garis miring, nama alirannya di sana. Kosongkan bila tidak ada.',
    }),
    noticeOn: optional({
      headings: { id: 'Papan Pemberitahuan', en: 'Notice since', aliases: ['papan', 'tanggal papan', 'rambu cctv'] },
      parse: date(),
      example: '21/11/2026',
      explanation: 'Sejak kapan papan pemberitahuan terpasang. Kosongkan bila belum ada.',
    }),
    contact: optional({
      headings: { id: 'Kontak', en: 'Contact', aliases: ['narahubung', 'kontak papan'] },
      parse: text({ max: 120 }),
      example: 'Dishub 0335-420000',
      explanation: 'Ke mana warga bertanya tentang kamera ini: kantor dan nomornya.',
    }),
  },
});

export type CameraRow = RowOf<typeof cameraSheet.columns>;
