/** What a phone shows while nobody looks at it: both languages at once, because nobody has chosen one there. */
export const pushId = {
  title: 'TUGAS BARU · New job',
  exercise: 'LATIHAN · TUGAS BARU · Exercise',
  body: (unitName: string | undefined, time: string | undefined) => {
    const about = [time, unitName].filter((word) => word !== undefined).join(' ');
    return `${about === '' ? '' : `${about}: `}buka tugas dan terima · open it and accept`;
  },
};
