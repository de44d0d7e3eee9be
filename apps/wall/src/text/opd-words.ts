/** Words that the pages of all agencies share. */
const opdId = {
  month: 'Bulan',
  print: 'Cetak',
  printedAt: (city: string, time: string) => `${city} · dicetak ${time} · sumber: Siaga`,
};

const opdEn: typeof opdId = {
  month: 'Month',
  print: 'Print',
  printedAt: (city, time) => `${city} · printed ${time} · source: Siaga`,
};

/** Words of the pages of agencies, which come with who asks for them; see `useSpeechWith`. */
export const opdWords = { id: { opd: opdId }, en: { opd: opdEn } } as const;
