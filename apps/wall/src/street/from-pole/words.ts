import type { ReportStatus, StreetTrouble } from '@siaga/contracts';
import type { Words } from '../../public-page/elements.ts';

export const troubles: Readonly<Record<StreetTrouble, Words>> = {
  dark: ['Lampu padam', 'No light'],
  flickering: ['Lampu berkedip', 'Light flickers'],
  'day-burning': ['Menyala siang hari', 'Burns by day'],
  'leaning-pole': ['Tiang miring atau rusak', 'Pole leans or is damaged'],
  cable: ['Kabel putus atau menjuntai', 'Cable broken or hanging'],
};

export const statuses: Readonly<Record<ReportStatus, Words>> = {
  accepted: ['Diterima', 'Received'],
  scheduled: ['Dijadwalkan', 'Scheduled'],
  done: ['Selesai', 'Done'],
  dismissed: ['Ditutup', 'Closed'],
};

export const words = {
  title: ['Lapor lampu jalan', 'Report a street light'],
  lamp: ['Lampu', 'Lamp'],
  what: ['Apa yang rusak?', 'What is wrong?'],
  more: ['Keterangan (boleh kosong)', 'More about it (optional)'],
  name: ['Nama (boleh kosong)', 'Name (optional)'],
  phone: ['Nomor telepon (boleh kosong)', 'Telephone (optional)'],
  kept: [
    'Hanya petugas yang melihatnya. Dihapus 90 hari setelah laporan ditutup.',
    'Seen by staff only. Removed 90 days after the report is closed.',
  ],
  danger: ['Bahaya? Jangan sentuh. Telepon 112.', 'Danger? Do not touch. Call 112.'],
  send: ['Kirim laporan', 'Send report'],
  sending: ['Mengirim…', 'Sending…'],
  again: ['Belum terkirim. Periksa sinyal, lalu kirim lagi.', 'Not sent. Check your signal and send again.'],
  yours: ['Laporan Anda', 'Your report'],
  thanks: ['Terima kasih, laporan Anda sudah diterima.', 'Thank you, we have your report.'],
  link: ['Simpan tautan ini untuk melihat jawabannya:', 'Keep this link to see the answer:'],
  refresh: ['Muat ulang', 'Refresh'],
  plannedOn: ['Petugas datang', 'Crew comes on'],
  told: ['Dilaporkan', 'Reported'],
  changed: ['Kabar terakhir', 'Last news'],
  noLamp: ['Pindai kode QR di tiang lampu untuk melapor.', 'Scan the QR code on a lamp pole to report.'],
} as const satisfies Record<string, Words>;
