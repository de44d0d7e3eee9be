import type { Words } from '../public-page/elements.ts';

export const words = {
  title: ['Kirim lokasi Anda ke 112', 'Send your location to 112'],
  why: [
    'Petugas 112 meminta lokasi Anda supaya bantuan tidak salah jalan.',
    'The operator of 112 asks where you are, so that help does not lose its way.',
  ],
  what: [
    'Yang dikirim: titik lokasi ponsel ini dan ketelitiannya, satu kali, hanya kepada petugas 112 kota. Ponsel tidak dilacak sesudahnya. Disimpan bersama catatan panggilan dan dihapus setelah 400 hari (UU 27/2022 tentang Pelindungan Data Pribadi).',
    'What is sent: the position of this phone and how exact it is, once, to the operators of 112 only. The phone is not followed afterwards. It is kept with the call and erased after 400 days.',
  ],
  send: ['Kirim lokasi saya', 'Send my location'],
  looking: ['Mencari lokasi, tunggu sebentar…', 'Looking for your location, one moment…'],
  sending: ['Mengirim…', 'Sending…'],
  sent: [
    'Terkirim. Petugas sudah melihat lokasi Anda. Jangan tutup telepon.',
    'Sent. The operator sees where you are. Stay on the line.',
  ],
  noLink: [
    'Tautan ini tidak lengkap. Minta petugas mengirimnya lagi.',
    'This link is not complete. Ask the operator to send it again.',
  ],
  denied: [
    'Ponsel belum mengizinkan lokasi. Buka pengaturan peramban, izinkan Lokasi untuk halaman ini, lalu tekan lagi. Atau sebutkan tempatnya kepada petugas.',
    'The phone does not allow it. Allow Location for this page in the settings of the browser and press again, or tell the operator where you are.',
  ],
  unknown: [
    'Ponsel belum tahu lokasinya. Nyalakan GPS, keluar ke tempat terbuka, lalu tekan lagi.',
    'The phone does not know where it is. Turn GPS on, go outside and press again.',
  ],
  unable: [
    'Peramban ini tidak bisa memberi lokasi. Sebutkan tempatnya kepada petugas.',
    'This browser cannot tell a location. Tell the operator where you are.',
  ],
  again: ['Belum terkirim. Periksa sinyal, lalu tekan lagi.', 'Not sent. Check your signal and press again.'],
  call: ['Telepon 112', 'Call 112'],
} as const satisfies Record<string, Words>;
