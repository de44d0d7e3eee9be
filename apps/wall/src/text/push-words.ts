/** What a phone shows while nobody looks at it: both languages at once, because nobody has chosen one there. */
export const pushId = {
  title: 'TUGAS BARU · New job',
  exercise: 'LATIHAN · TUGAS BARU · Exercise',
  body: (unitName: string | undefined) =>
    `${unitName === undefined ? '' : `${unitName}: `}buka tugas dan terima · open it and accept`,
};
