import type { StepName } from '../start/standing.ts';
import type { Dictionary } from './dictionary.ts';
import { many } from './english.ts';

interface StepWords {
  title: string;
  /** What to do, in one or two sentences. */
  how: string;
}

const stepsId: Record<StepName, StepWords> = {
  account: {
    title: 'Administrator',
    how: 'Buat akun untuk diri Anda sendiri. Sejak itu tidak ada yang masuk tanpa nama.',
  },
  phone: {
    title: 'HP saya di peta',
    how: 'Pasang Traccar Client atau OwnTracks di HP, lalu pindai kodenya. HP muncul di bawah begitu melapor.',
  },
  tracker: {
    title: 'Satu pelacak',
    how: 'Arahkan server Traccar Anda ke alamat ini, atau hubungkan HP kedua. Boleh dilewati.',
  },
  trucks: {
    title: 'Daftar truk',
    how: 'Unduh templat, isi, lalu impor. Baris yang salah disebut satu per satu dan tidak ada yang tersimpan dulu.',
  },
  people: {
    title: 'Undang dua orang',
    how: 'Kirim tautan undangan kepada dua rekan. Langkah ini selesai setelah keduanya masuk.',
  },
  screen: {
    title: 'Layar dinding',
    how: 'Buka alamat ini di layar dinding, lalu ketik kode yang tampil di sana.',
  },
  backup: {
    title: 'Cadangan pertama di luar mesin',
    how: 'Bila komputer ini rusak atau hilang, data kota ikut hilang. Colokkan disk lain dan jalankan perintah ini.',
  },
  begin: {
    title: 'Mulai sungguhan',
    how: 'Simulator berhenti untuk seterusnya dan semua yang bertanda simulasi dibersihkan. Data sungguhan tetap.',
  },
};

const stepsEn: Record<StepName, StepWords> = {
  account: {
    title: 'Administrator',
    how: 'Make an account of your own. From then on nobody comes in without a name.',
  },
  phone: {
    title: 'My phone on the map',
    how: 'Put Traccar Client or OwnTracks on a phone, then scan its code. The phone appears below once it reports.',
  },
  tracker: {
    title: 'One tracker',
    how: 'Point your Traccar server to this address, or connect a second phone. May be skipped.',
  },
  trucks: {
    title: 'The list of trucks',
    how: 'Download the template, fill it in, import it. Wrong lines are named one by one and nothing is saved before.',
  },
  people: {
    title: 'Invite two people',
    how: 'Send a link to two colleagues. This step is done once both have come in.',
  },
  screen: {
    title: 'The wall’s screen',
    how: 'Open this address on the wall’s screen, then type the code it shows.',
  },
  backup: {
    title: 'First backup off the machine',
    how: 'If this computer breaks or is lost, so is the city’s data. Plug in another disk and run this command.',
  },
  begin: {
    title: 'Begin in earnest',
    how: 'The simulator stops for good and everything marked as simulated is cleared. What is real stays.',
  },
};

/** Words of the first hour. What begins with `why` follows "gagal karena". */
const startId = {
  title: 'Jam pertama',
  about:
    'Dari pemasangan sampai bekerja sungguhan. Tiap langkah memeriksa dirinya sendiri; tutup dan lanjutkan kapan saja, di komputer mana pun.',
  progress: (done: string, of: string) => `${done} dari ${of} selesai`,
  link: 'Jam pertama: langkah demi langkah',
  notYours: 'Halaman ini untuk administrator kota.',
  steps: stepsId,
  stepNumber: (number: string) => `Langkah ${number}`,
  states: { open: 'belum', waiting: 'menunggu', done: 'berhasil', failed: 'gagal karena', 'left-out': 'dilewati' },

  signedIn: (name: string) => `masuk sebagai ${name}`,
  listening: 'laporan pertama',
  seen: (deviceId: string) => `${deviceId} terlihat, belum didaftarkan: pasang ke truknya`,
  seenNoTruck: (deviceId: string) => `${deviceId} terlihat, belum ada truk untuknya: isi dulu daftar truk di bawah`,
  moved: (truckId: string, age: string) => `${truckId} di peta, laporan terakhir ${age} lalu`,
  trucks: (count: string) => `${count} truk di daftar`,
  cameIn: (names: string) => `sudah masuk: ${names}`,
  invited: (names: string) => `undangan belum dipakai: ${names}`,
  oneMore: (names: string) => `${names} sudah masuk; tinggal satu orang lagi`,
  screen: (name: string, age: string) => `${name} terlihat ${age} lalu`,
  screenUnseen: (name: string) => `${name} terpasang, belum terlihat`,
  backedUp: (age: string, size: string) => `cadangan ${size}, ${age} lalu`,
  backupUnheard: 'kabar dari gateway',
  backupSaid: 'alat basis data Anda yang mencadangkan',
  begun: (moment: string) => `kota bekerja sungguhan sejak ${moment}; tidak ada lagi simulasi`,
  clearing: 'yang simulasi sedang dibersihkan',
  whyHereOnly: 'server hanya mendengar di komputer ini: jalankan dengan --lan',
  whyRefused: (truckId: string, reason: string, age: string) => `laporan ${truckId} ditolak ${age} lalu: ${reason}`,
  whyScreenDark: (name: string, age: string) =>
    `${name} terakhir terlihat ${age} lalu: periksa listrik dan jaringannya`,
  whyBackupOld: (age: string) => `cadangan terakhir sudah ${age}: jalankan lagi, lalu jadwalkan tiap malam`,
  whyNotCleared: 'masih ada yang bertanda simulasi: bersihkan lagi, atau lihat panel Sistem di layar pantau',

  makeAccount: 'Buat akun administrator',
  accountLink: 'Atau buka tautan sekali pakai yang tercetak di terminal.',
  traccarClient: 'Traccar Client',
  ownTracks: 'OwnTracks',
  https: 'Dari luar jaringan kantor HP perlu HTTPS: lihat docs/panduan/https.md.',
  lan: 'npm start -- --lan',
  skip: 'Lewati langkah ini',
  unskip: 'Jangan lewati',
  openInvitations: 'Lihat undangan',
  backupCommand: 'npm run -s siaga -- backup --to /media/cadangan/siaga',
  copyCommand: 'Salin perintah',
  backupOther: 'Ganti /media/cadangan dengan folder disk lain itu. Yang tersimpan di folder data tidak dihitung.',
  backupManaged: 'Kota ini memakai Kafka dan MongoDB: alat basis data Anda yang mencadangkan.',
  backupTick: 'Cadangan basis data sudah diatur dan pernah dicoba dipulihkan',
  stillOpen: 'Yang masih terbuka',
  stillOpenFine: 'Boleh mulai sekarang dan menyelesaikannya nanti.',
  typeName: (city: string) => `Ketik “${city}” untuk memastikan`,
  begin: 'Mulai sungguhan',
  beginning: 'Memulai…',
  clearAgain: 'Bersihkan lagi',
  cleared: (trucks: string) => `Dibersihkan: ${trucks} truk simulasi beserta jejaknya.`,
};

const startEn: typeof startId = {
  title: 'The first hour',
  about:
    'From installation to working in earnest. Each step checks itself; close it and go on whenever you like, on any computer.',
  progress: (done, of) => `${done} of ${of} done`,
  link: 'The first hour, step by step',
  notYours: 'This page is for the city’s administrator.',
  steps: stepsEn,
  stepNumber: (number) => `Step ${number}`,
  states: { open: 'not yet', waiting: 'waiting', done: 'done', failed: 'failed because', 'left-out': 'skipped' },

  signedIn: (name) => `signed in as ${name}`,
  listening: 'for the first report',
  seen: (deviceId) => `${deviceId} was seen and is not registered: fit it to its truck`,
  seenNoTruck: (deviceId) =>
    `${deviceId} was seen and there is no truck for it: fill in the list of trucks below first`,
  moved: (truckId, age) => `${truckId} is on the map, last report ${age} ago`,
  trucks: (count) => `${many(count, 'truck')} in the list`,
  cameIn: (names) => `came in: ${names}`,
  invited: (names) => `invitations not used yet: ${names}`,
  oneMore: (names) => `${names} came in; one more to go`,
  screen: (name, age) => `${name} was seen ${age} ago`,
  screenUnseen: (name) => `${name} is paired and was not seen yet`,
  backedUp: (age, size) => `a backup of ${size}, ${age} ago`,
  backupUnheard: 'for word from the gateway',
  backupSaid: 'the tools of your databases make the backups',
  begun: (moment) => `the city works in earnest since ${moment}; nothing is simulated any more`,
  clearing: 'what is simulated is being cleared',
  whyHereOnly: 'the server listens on this computer only: start it with --lan',
  whyRefused: (truckId, reason, age) => `a report of ${truckId} was refused ${age} ago: ${reason}`,
  whyScreenDark: (name, age) => `${name} was last seen ${age} ago: look after its power and network`,
  whyBackupOld: (age) => `the last backup is ${age} old: run it again, then schedule it every night`,
  whyNotCleared: 'something simulated is left: clear it again, or look at the System panel of the wall',

  makeAccount: 'Make an administrator’s account',
  accountLink: 'Or open the one-time link printed in the terminal.',
  traccarClient: 'Traccar Client',
  ownTracks: 'OwnTracks',
  https: 'From outside the office network phones need HTTPS: see docs/panduan/https.md.',
  lan: 'npm start -- --lan',
  skip: 'Skip this step',
  unskip: 'Do not skip it',
  openInvitations: 'Show invitations',
  backupCommand: 'npm run -s siaga -- backup --to /media/cadangan/siaga',
  copyCommand: 'Copy the command',
  backupOther:
    'Put the folder of that other disk in place of /media/cadangan. What lies in the data folder does not count.',
  backupManaged: 'This city uses Kafka and MongoDB: the tools of your databases make the backups.',
  backupTick: 'Backups of the databases are set up, and a restore was tried',
  stillOpen: 'Still open',
  stillOpenFine: 'You may begin now and finish them later.',
  typeName: (city) => `Type “${city}” to make sure`,
  begin: 'Begin in earnest',
  beginning: 'Beginning…',
  clearAgain: 'Clear again',
  cleared: (trucks) => `Cleared: ${many(trucks, 'simulated truck')} with their tracks.`,
};

/** Words of the first hour, which come with who asks for them; see `useSpeechWith`. */
export const startWords = { id: { start: startId }, en: { start: startEn } } as const;

/** All words of a screen, these among them. */
export type StartText = Dictionary & (typeof startWords)['id'];
