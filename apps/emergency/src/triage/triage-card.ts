import type { TriageCard } from '@siaga/contracts';

/**
 * Danger to life by what a caller can see, one look each: consciousness, breathing, bleeding, colour and sweat, then what
 * can wait for minutes only. After the observations that computer-aided call triage in Yokohama asks for, each of which may
 * stay unconfirmed. First aid by the phone as any first-aider is taught it; a change is a new version.
 */
export const triageCard: TriageCard = {
  cardId: 'life-risk',
  version: 1,
  questions: [
    {
      questionId: 'unresponsive',
      ask: { id: 'Tidak sadar, tidak menjawab bila dipanggil?', en: 'Unconscious, no answer when called?' },
      risk: 'life',
      tell: {
        id: 'Goyangkan bahunya dan panggil keras. Bila tidak bangun: telentangkan di tempat rata, tengadahkan kepala, jangan ditinggal.',
        en: 'Shake the shoulder and call loudly. If there is no answer: lay flat on the back, tilt the head back, do not leave.',
      },
    },
    {
      questionId: 'not-breathing',
      ask: { id: 'Tidak bernapas, atau napasnya tersengal-sengal?', en: 'Not breathing, or gasping?' },
      risk: 'life',
      tell: {
        id: 'Tekan tengah dada kuat dan cepat, dua kali sedetik, jangan berhenti sampai petugas datang. Nyalakan pengeras suara, saya hitung bersama Anda.',
        en: 'Push hard and fast on the middle of the chest, twice a second, until the crew is there. Put me on speaker, I count with you.',
      },
    },
    {
      questionId: 'heavy-bleeding',
      ask: { id: 'Darah keluar banyak dan tidak berhenti?', en: 'Bleeding a lot, and it does not stop?' },
      risk: 'life',
      tell: {
        id: 'Tekan lukanya kuat dengan kain bersih, terus-menerus. Jangan dibuka untuk dilihat.',
        en: 'Press hard on the wound with a clean cloth and keep pressing. Do not lift it to look.',
      },
    },
    {
      questionId: 'pale-sweating',
      ask: { id: 'Pucat, kebiruan, atau berkeringat dingin?', en: 'Pale, bluish, or in a cold sweat?' },
      risk: 'life',
      tell: {
        id: 'Biarkan duduk atau berbaring dengan nyaman, longgarkan pakaian, jangan beri makan atau minum.',
        en: 'Let the person sit or lie in comfort, loosen clothes, give nothing to eat or drink.',
      },
    },
    {
      questionId: 'trapped',
      ask: {
        id: 'Ada yang terjepit, atau bahaya masih ada di sana?',
        en: 'Somebody trapped, or is the danger still there?',
      },
      risk: 'life',
      tell: {
        id: 'Jangan mendekat bila tidak aman. Jauhkan orang lain, tunggu petugas di tempat yang terlihat.',
        en: 'Keep away if it is not safe. Keep others back, wait for the crew where they see you.',
      },
    },
    {
      questionId: 'cannot-walk',
      ask: { id: 'Tidak bisa berdiri atau berjalan sendiri?', en: 'Unable to stand or walk alone?' },
      risk: 'urgent',
      tell: {
        id: 'Jangan dipindahkan kecuali tempatnya berbahaya.',
        en: 'Do not move the person unless the place is dangerous.',
      },
    },
    {
      questionId: 'severe-pain',
      ask: { id: 'Nyeri hebat, atau nyeri dada?', en: 'Severe pain, or pain in the chest?' },
      risk: 'urgent',
    },
    {
      questionId: 'pregnant-or-child',
      ask: { id: 'Ibu hamil, bayi, atau anak kecil?', en: 'Pregnant, a baby or a small child?' },
      risk: 'urgent',
    },
  ],
};
