import type { BookingCause, BookingLack, BookingLine, BookingPurpose, BookingStatus } from '@siaga/contracts';

const purposesId: Record<BookingPurpose, string> = {
  control: 'kontrol',
  referral: 'rujukan',
  discharge: 'pulang dari RS',
  deceased: 'jenazah',
};
const purposesEn: Record<BookingPurpose, string> = {
  control: 'check-up',
  referral: 'referral',
  discharge: 'home from hospital',
  deceased: 'deceased',
};

const statusesId: Record<BookingStatus, string> = {
  requested: 'belum ada unit',
  planned: 'terjadwal',
  'under-way': 'di jalan',
  done: 'selesai',
  cancelled: 'dibatalkan',
  diverted: 'ambulansnya dialihkan ke darurat',
};
const statusesEn: Record<BookingStatus, string> = {
  requested: 'no unit yet',
  planned: 'planned',
  'under-way': 'on its way',
  done: 'done',
  cancelled: 'cancelled',
  diverted: 'its ambulance went to an emergency',
};

const stepsId: Record<BookingLine['step'], string> = {
  asked: 'dipesan',
  planned: 'dijadwalkan',
  moved: 'jam diubah',
  released: 'dilepas dari unit',
  begun: 'berangkat',
  done: 'selesai',
  cancelled: 'dibatalkan',
  diverted: 'dialihkan ke darurat',
};
const stepsEn: Record<BookingLine['step'], string> = {
  asked: 'asked for',
  planned: 'planned',
  moved: 'time changed',
  released: 'taken from its unit',
  begun: 'set off',
  done: 'done',
  cancelled: 'cancelled',
  diverted: 'diverted to an emergency',
};

const causesId: Record<BookingCause, string> = {
  forgotten: 'tidak ada kabar 30 hari sesudah jam jemput',
  'exercise-cleared': 'simulasi dibersihkan',
};
const causesEn: Record<BookingCause, string> = {
  forgotten: 'nothing was heard for 30 days after its pick-up',
  'exercise-cleared': 'the exercise was cleared',
};

const lacksId: Record<BookingLack, string> = {
  whom: 'nama pasien atau nomor keluarga',
  from: 'jemput di mana',
  to: 'antar ke mana',
};
const lacksEn: Record<BookingLack, string> = {
  whom: 'the patient or a number of the family',
  from: 'where to pick up',
  to: 'where to bring to',
};

/** What is said of ambulances that are booked. */
export const bookingsId = {
  purposes: purposesId,
  statuses: statusesId,
  steps: stepsId,
  causes: causesId,
  lacks: lacksId,
  lacking: (lacks: string) => `Belum tersimpan. Tulis dulu: ${lacks}.`,
  cancelled: (count: string) => `Dibatalkan pada hari ini: ${count}`,
  title: 'Pesanan ambulans',
  none: 'Tidak ada pesanan pada hari ini di jadwal unit mana pun.',
  dayBefore: 'Hari sebelumnya',
  dayAfter: 'Hari berikutnya',
  today: 'Hari ini',
  list: (day: string) => `Pesanan ${day}`,
  noUnit: 'Belum ada unit',
  fresh: 'Pesanan baru',
  purpose: 'Untuk',
  day: 'Tanggal',
  pickUp: 'Jam jemput',
  lasts: 'Perkiraan lama (jam)',
  notes: {
    patientName: 'Nama pasien',
    number: 'Nomor keluarga',
    askedBy: 'Yang memesan, bila orang lain',
    needs: 'Keperluan: oksigen, kursi roda, berbaring',
    from: 'Jemput di',
    to: 'Antar ke',
  },
  ask: 'Simpan pesanan',
  kept: (time: string) => `Tersimpan: jemput ${time}. Pilih unitnya di atas.`,
  changeNotes: 'Ubah catatan',
  write: 'Simpan catatan',
  plan: (unit: string, time: string) => `Jadwalkan ${unit} ${time}`,
  planWith: 'Unit yang bisa',
  noSuggestion: 'Belum ada ambulans di register.',
  begin: 'Berangkat',
  end: 'Sudah kembali',
  cancel: 'Batalkan',
  cancelReason: 'Alasan membatalkan',
  release: 'Lepas dari unit',
  releaseReason: 'Alasan melepas',
  moveReason: 'Alasan mengubah jam',
  move: 'Ubah jam',
  /** Purpose and expected return. */
  bringing: (purpose: string, time: string) => `di jalan untuk ${purpose}, kembali ± ${time}`,
  notBack: (purpose: string, time: string, late: string) =>
    `belum kembali dari ${purpose}: perkiraan ${time}, lewat ${late}`,
  next: (purpose: string, time: string) => `pesanan berikutnya: ${purpose}, jemput ${time}`,
  nextIn: (purpose: string, time: string, left: string) => `Jemput ${time} untuk ${purpose}, ${left} lagi`,
  nextDue: (purpose: string, time: string) => `Jemput ${time} untuk ${purpose}: sudah waktunya`,
  /** At a free unit that is suggested: it is expected somewhere soon. */
  pickUpSoon: (purpose: string, time: string) => `ada jemputan ${purpose}, ${time}`,
  notSetOff: (late: string) => `belum berangkat, lewat ${late}`,
  unitOnIncident: 'unitnya sedang di kejadian: pindahkan ke unit lain',
  whomUnread: 'Siapa dan ke mana belum terbaca.',
  again: 'Baca lagi',
  callFamily: (number: string) => `Telepon keluarga ${number}`,
  familyUnknown: 'Nomor keluarga tidak tercatat.',
  divertedWhy: (reason: string) => `Dialihkan: ${reason}`,
  history: 'Riwayat',
  waiting: (count: string) => `${count} menunggu unit`,
};

/** The same in English. */
export const bookingsEn: typeof bookingsId = {
  purposes: purposesEn,
  statuses: statusesEn,
  steps: stepsEn,
  causes: causesEn,
  lacks: lacksEn,
  lacking: (lacks) => `Not saved yet. Still to be written: ${lacks}.`,
  cancelled: (count) => `Cancelled this day: ${count}`,
  title: 'Ambulance bookings',
  none: 'No unit has a booking on this day.',
  dayBefore: 'Day before',
  dayAfter: 'Next day',
  today: 'Today',
  list: (day) => `Bookings of ${day}`,
  noUnit: 'No unit yet',
  fresh: 'New booking',
  purpose: 'For',
  day: 'Date',
  pickUp: 'Pick-up time',
  lasts: 'Expected duration (hours)',
  notes: {
    patientName: 'Name of the patient',
    number: 'Number of the family',
    askedBy: 'Who asked, if somebody else',
    needs: 'Needs: oxygen, wheelchair, lying down',
    from: 'Pick up at',
    to: 'Bring to',
  },
  ask: 'Save the booking',
  kept: (time) => `Saved: pick-up ${time}. Choose its unit above.`,
  changeNotes: 'Change the notes',
  write: 'Save the notes',
  plan: (unit, time) => `Plan ${unit} ${time}`,
  planWith: 'Units that can',
  noSuggestion: 'No ambulance in the register yet.',
  begin: 'Sets off',
  end: 'Is back',
  cancel: 'Cancel',
  cancelReason: 'Why it is cancelled',
  release: 'Take from its unit',
  releaseReason: 'Why it is taken from it',
  moveReason: 'Why the time changes',
  move: 'Change the time',
  bringing: (purpose, time) => `under way for ${purpose}, back ± ${time}`,
  notBack: (purpose, time, late) => `not back from ${purpose}: expected ${time}, ${late} ago`,
  next: (purpose, time) => `next booking: ${purpose}, pick-up ${time}`,
  nextIn: (purpose, time, left) => `Pick-up at ${time} for ${purpose}, in ${left}`,
  nextDue: (purpose, time) => `Pick-up at ${time} for ${purpose}: it is time`,
  pickUpSoon: (purpose, time) => `has a pick-up for ${purpose} at ${time}`,
  notSetOff: (late) => `has not set off, ${late} late`,
  unitOnIncident: 'its unit is on an incident: give it to another unit',
  whomUnread: 'Whom and where to was not read yet.',
  again: 'Read again',
  callFamily: (number) => `Call the family ${number}`,
  familyUnknown: 'No number of the family is known.',
  divertedWhy: (reason) => `Diverted: ${reason}`,
  history: 'What became of it',
  waiting: (count) => `${count} waiting for a unit`,
};
