import type {
  AssignmentStatus,
  CallDisposition,
  CallSource,
  CallStatus,
  Channel,
  IncidentDisposition,
  IncidentKind,
  IncidentStatus,
  IncidentStep,
  PassedOver,
  TriageTag,
  UnitCapability,
  UnitClass,
  UnitDuty,
} from '@siaga/contracts';

// What the emergency service calls its kinds, states, units and steps.

export const kindsId: Record<IncidentKind, string> = {
  medical: 'Darurat medis',
  'traffic-accident': 'Kecelakaan',
  fire: 'Kebakaran',
  flood: 'Banjir',
  'fallen-tree': 'Pohon tumbang',
  'fallen-pole': 'Tiang roboh',
  animal: 'Hewan, sarang tawon',
  rescue: 'Penyelamatan',
  'public-order': 'Keributan, tawuran, miras',
  weapon: 'Orang bersenjata',
  'domestic-violence': 'KDRT',
  'mental-health': 'ODGJ',
  homeless: 'Anak jalanan, gelandangan',
  truancy: 'Pelajar membolos',
  'street-vendor': 'PKL liar',
  'illegal-parking': 'Parkir liar',
  demonstration: 'Unjuk rasa',
  towing: 'Derek',
  utility: 'PLN, PDAM, PJU',
  crime: 'Kejahatan',
  help: 'Bantuan warga',
};
export const kindsEn: Record<IncidentKind, string> = {
  medical: 'Medical',
  'traffic-accident': 'Traffic accident',
  fire: 'Fire',
  flood: 'Flood',
  'fallen-tree': 'Fallen tree',
  'fallen-pole': 'Fallen pole',
  animal: 'Animal, wasp nest',
  rescue: 'Rescue',
  'public-order': 'Public order',
  weapon: 'Somebody armed',
  'domestic-violence': 'Domestic violence',
  'mental-health': 'Mental health',
  homeless: 'Homeless',
  truancy: 'Truancy',
  'street-vendor': 'Street vendors',
  'illegal-parking': 'Illegal parking',
  demonstration: 'Demonstration',
  towing: 'Towing',
  utility: 'Power, water, light',
  crime: 'Crime',
  help: 'Help for a citizen',
};

export const sourcesId: Record<CallSource, string> = {
  '112': '112',
  whatsapp: 'WhatsApp',
  radio: 'HT',
  'panic-button': 'Tombol panik',
  'walk-in': 'Datang sendiri',
  lapor: 'LAPOR',
  neighbourhood: 'RT/RW',
  talk: 'Radio sentuh',
};
export const sourcesEn: Record<CallSource, string> = {
  '112': '112',
  whatsapp: 'WhatsApp',
  radio: 'Radio',
  'panic-button': 'Panic button',
  'walk-in': 'Walk-in',
  lapor: 'LAPOR',
  neighbourhood: 'RT/RW',
  talk: 'Touch to talk',
};

export const callStatusesId: Record<CallStatus, string> = {
  ringing: 'berdering',
  talking: 'bicara',
  'call-back': 'telepon balik',
  unanswered: 'tak terjawab',
  done: 'selesai',
};
export const callStatusesEn: Record<CallStatus, string> = {
  ringing: 'ringing',
  talking: 'talking',
  'call-back': 'call back',
  unanswered: 'unanswered',
  done: 'done',
};

export const callDispositionsId: Record<CallDisposition, string> = {
  emergency: 'Darurat',
  information: 'Informasi',
  ghost: 'Kosong (ghost)',
  prank: 'Iseng (prank)',
  'cut-off': 'Terputus',
  'not-recorded': 'Tidak tercatat',
};
export const callDispositionsEn: Record<CallDisposition, string> = {
  emergency: 'Emergency',
  information: 'Information',
  ghost: 'Ghost',
  prank: 'Prank',
  'cut-off': 'Cut off',
  'not-recorded': 'Not recorded',
};

export const statusesId: Record<IncidentStatus, string> = {
  active: 'belum ada unit',
  assigned: 'unit dikirim',
  'en-route': 'menuju lokasi',
  'on-scene': 'di lokasi',
  closed: 'selesai',
  merged: 'digabung',
};
export const statusesEn: Record<IncidentStatus, string> = {
  active: 'no unit yet',
  assigned: 'unit sent',
  'en-route': 'on the way',
  'on-scene': 'on scene',
  closed: 'closed',
  merged: 'merged',
};

export const dispositionsId: Record<IncidentDisposition, string> = {
  handled: 'Ditangani',
  'treated-released': 'Diobati, pulang',
  transported: 'Diobati dan diantar',
  transferred: 'Dialihkan ke ambulans lain',
  refused: 'Pasien menolak',
  'gone-on-arrival': 'Sudah tidak ada di tempat',
  'no-patient-found': 'Tidak ada pasien',
  referred: 'Diteruskan ke instansi lain',
  cancelled: 'Dibatalkan',
  duplicate: 'Ganda',
  'false-alarm': 'Laporan palsu',
};
export const dispositionsEn: Record<IncidentDisposition, string> = {
  handled: 'Handled',
  'treated-released': 'Treated, released',
  transported: 'Treated and transported',
  transferred: 'Transferred to another ambulance',
  refused: 'Patient refused',
  'gone-on-arrival': 'Gone on arrival',
  'no-patient-found': 'No patient found',
  referred: 'Referred to a partner',
  cancelled: 'Cancelled',
  duplicate: 'Duplicate',
  'false-alarm': 'False alarm',
};

export const tagsId: Record<TriageTag, string> = { red: 'merah', yellow: 'kuning', green: 'hijau', black: 'hitam' };
export const tagsEn: Record<TriageTag, string> = { red: 'red', yellow: 'yellow', green: 'green', black: 'black' };

export const assignmentsId: Record<AssignmentStatus, string> = {
  dispatched: 'belum diterima',
  accepted: 'diterima',
  'en-route': 'menuju lokasi',
  'on-scene': 'di lokasi',
  'patient-contact': 'menangani pasien',
  'leaving-scene': 'meninggalkan lokasi',
  'at-hospital': 'tiba di RS',
  'handed-over': 'serah terima',
  clear: 'selesai · siaga lagi',
  declined: 'menolak',
  cancelled: 'dibatalkan',
  diverted: 'dialihkan',
};
export const assignmentsEn: Record<AssignmentStatus, string> = {
  dispatched: 'not accepted yet',
  accepted: 'accepted',
  'en-route': 'on the way',
  'on-scene': 'on scene',
  'patient-contact': 'with the patient',
  'leaving-scene': 'leaving the scene',
  'at-hospital': 'at hospital',
  'handed-over': 'handed over',
  clear: 'clear · ready again',
  declined: 'declined',
  cancelled: 'cancelled',
  diverted: 'diverted',
};

export const unitClassesId: Record<UnitClass, string> = {
  ambulance: 'Ambulans',
  'patrol-car': 'Mobil patroli',
  motorcycle: 'Motor trail',
  'fire-engine': 'Pemadam',
  'rescue-car': 'Mobil penyelamat',
  'foot-patrol': 'Regu jalan kaki',
  hearse: 'Mobil jenazah',
  tanker: 'Mobil tangki',
  'tow-truck': 'Mobil derek',
};
export const unitClassesEn: Record<UnitClass, string> = {
  ambulance: 'Ambulance',
  'patrol-car': 'Patrol car',
  motorcycle: 'Motorcycle',
  'fire-engine': 'Fire engine',
  'rescue-car': 'Rescue car',
  'foot-patrol': 'Foot patrol',
  hearse: 'Hearse',
  tanker: 'Tanker',
  'tow-truck': 'Tow truck',
};

export const capabilitiesId: Record<UnitCapability, string> = {
  transport: 'antar pasien',
  'life-support': 'gawat darurat',
  fire: 'pemadaman',
  rescue: 'penyelamatan',
  animal: 'hewan',
  'public-order': 'ketertiban',
  traffic: 'lalu lintas',
  'mental-health': 'ODGJ',
};
export const capabilitiesEn: Record<UnitCapability, string> = {
  transport: 'transport',
  'life-support': 'life support',
  fire: 'fire',
  rescue: 'rescue',
  animal: 'animals',
  'public-order': 'public order',
  traffic: 'traffic',
  'mental-health': 'mental health',
};

export const dutiesId: Record<UnitDuty, string> = { on: 'siaga', off: 'lepas dinas', unreported: 'belum lapor' };
export const dutiesEn: Record<UnitDuty, string> = { on: 'on duty', off: 'off duty', unreported: 'not reported' };

export const passedOverId: Record<PassedOver, string> = {
  'no-crew': 'tanpa awak',
  'off-duty': 'lepas dinas',
  unreported: 'belum lapor',
  busy: 'sedang bertugas',
  'not-capable': 'tidak sesuai',
  'no-place': 'letak tidak diketahui',
};
export const passedOverEn: Record<PassedOver, string> = {
  'no-crew': 'no crew',
  'off-duty': 'off duty',
  unreported: 'not reported',
  busy: 'on another incident',
  'not-capable': 'cannot do it',
  'no-place': 'nobody knows where it is',
};

export const channelsId: Record<Channel, string> = {
  app: 'aplikasi',
  push: 'notifikasi',
  radio: 'HT',
  telephone: 'telepon',
  whatsapp: 'WA',
  sms: 'SMS',
  'in-person': 'langsung',
};
export const channelsEn: Record<Channel, string> = {
  app: 'app',
  push: 'push',
  radio: 'radio',
  telephone: 'telephone',
  whatsapp: 'WhatsApp',
  sms: 'SMS',
  'in-person': 'in person',
};

export const stepsId: Record<IncidentStep, string> = {
  'call-opened': 'Panggilan masuk',
  'call-claimed': 'Panggilan diambil',
  'call-taken-over': 'Panggilan diambil alih',
  'call-joined': 'Penelepon bergabung',
  'call-back': 'Perlu ditelepon balik',
  'call-closed': 'Panggilan selesai',
  'place-asked': 'Tautan lokasi dibuat',
  placed: 'Lokasi diketahui',
  opened: 'Kejadian dibuka',
  described: 'Keterangan diperbarui',
  triaged: 'Triase',
  overruled: 'Triase diubah',
  'level-changed': 'Tingkat diubah',
  'agency-told': 'Dinas diberi tahu',
  merged: 'Digabung',
  split: 'Dipisah lagi',
  noted: 'Catatan',
  'unit-skipped': 'Unit dilewati',
  dispatched: 'Unit dikirim',
  alerted: 'Awak diberi tahu',
  'alert-failed': 'Pemberitahuan gagal',
  unanswered: 'Belum diterima',
  accepted: 'Diterima',
  declined: 'Ditolak',
  'en-route': 'Menuju lokasi',
  'on-scene': 'Di lokasi',
  'patient-contact': 'Menangani pasien',
  'leaving-scene': 'Meninggalkan lokasi',
  'at-hospital': 'Tiba di RS',
  'handed-over': 'Serah terima',
  clear: 'Selesai · siaga lagi',
  diverted: 'Dialihkan',
  cancelled: 'Dibatalkan',
  'caller-called': 'Pelapor dihubungi',
  closed: 'Kejadian selesai',
  reopened: 'Dibuka lagi',
};
export const stepsEn: Record<IncidentStep, string> = {
  'call-opened': 'Call came in',
  'call-claimed': 'Call taken',
  'call-taken-over': 'Call taken over',
  'call-joined': 'Caller joined',
  'call-back': 'To be called back',
  'call-closed': 'Call over',
  'place-asked': 'Location link made',
  placed: 'Place known',
  opened: 'Incident opened',
  described: 'Described anew',
  triaged: 'Triage',
  overruled: 'Triage overruled',
  'level-changed': 'Level changed',
  'agency-told': 'Agency told',
  merged: 'Merged',
  split: 'Split off again',
  noted: 'Note',
  'unit-skipped': 'Unit passed over',
  dispatched: 'Unit sent',
  alerted: 'Crew alerted',
  'alert-failed': 'Alert failed',
  unanswered: 'Not accepted yet',
  accepted: 'Accepted',
  declined: 'Declined',
  'en-route': 'On the way',
  'on-scene': 'On scene',
  'patient-contact': 'With the patient',
  'leaving-scene': 'Leaving the scene',
  'at-hospital': 'At hospital',
  'handed-over': 'Handed over',
  clear: 'Clear · ready again',
  diverted: 'Diverted',
  cancelled: 'Cancelled',
  'caller-called': 'Caller rung',
  closed: 'Incident closed',
  reopened: 'Reopened',
};
