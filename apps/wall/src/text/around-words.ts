/** What lies around the place of a call. */
export const aroundId = {
  title: 'Di sekitar',
  border: 'tepat di perbatasan atau di luar kota: kelurahan belum pasti',
  units: 'Unit terdekat',
  asOf: (time: string) => `keadaan pukul ${time}`,
  noUnits: 'Tidak ada unit untuk jenis ini.',
  ready: 'siaga',
  incidents: 'Kejadian terbuka',
  alarms: 'Alarm',
  far: (metres: string) => `${metres} m`,
  here: 'di sini',
  age: (age: string) => `${age} lalu`,
};

export type AroundWords = typeof aroundId;

export const aroundEn: AroundWords = {
  title: 'Around it',
  border: 'on a border or outside the city: kelurahan not certain',
  units: 'Nearest units',
  asOf: (time) => `as of ${time}`,
  noUnits: 'No unit for this kind.',
  ready: 'ready',
  incidents: 'Open incidents',
  alarms: 'Alarms',
  far: (metres) => `${metres} m`,
  here: 'right here',
  age: (age) => `${age} ago`,
};
