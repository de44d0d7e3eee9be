import { Fault } from '@siaga/contracts';

/**
 * What guessers try first, here and everywhere, without digits: of the lists of leaked passwords those that length alone
 * does not keep out, because people add digits or say it twice. NIST SP 800-63B-4 §3.1.1.2 asks for such a list.
 */
const commonest = new Set(
  `password passwort passw passwd katasandi sandi rahasia rahasiaku secret qwerty qwertyuiop qwertyui qwertyqwerty asdfgh
  asdfghjkl asdf zxcvbn zxcvbnm qazwsx qazwsxedc qwe qweasd qweasdzxc abc abcd abcde abcdef abcdefgh abcdefghij
  abcdefghijkl admin administrator adminadmin superadmin root user username guest test testing login masuk welcome
  selamatdatang letmein changeme default master monkey dragon shadow sunshine princess football baseball superman batman
  iloveyou ilove love loveyou iloveyouforever akusayangkamu akucintakamu sayang sayangku sayangkamu cinta cintaku
  cintakamu bismillah bismillahirrahmanirrahim alhamdulillah assalamualaikum insyaallah allahuakbar astaghfirullah
  subhanallah masyaallah muhammad indonesia indonesiaraya merdeka garuda pancasila jakarta surabaya malang jawatimur
  probolinggo kotaprobolinggo probolinggokota pemkot pemkotprobolinggo diskominfo kominfo dishub dinkes satpolpp bpbd
  polres siaga siagakota siagasiaga commandcenter operator operatorsiaga petugas ambulans semangat bahagia keluarga
  keluargaku anakku mamapapa ayahibu terserah gakadapassword lupapassword lupa passwordku sandiku persebaya arema`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** What the chosen password is of, and where it stands in the form. */
interface Choosing {
  at: string;
  /** User name and name: the first things tried of somebody. */
  names: readonly string[];
}

/** Throws `invalid` for a password that is guessed among the first. */
export function refuseWeak(password: string, { at, names }: Choosing): void {
  if (!isWeak(password, names)) return;
  const message =
    'kata sandi ini mudah ditebak: pakai beberapa kata yang tidak saling terkait · this password is easily guessed: use a few unrelated words';
  throw new Fault('invalid', message, { issues: [{ at, message }] });
}

/** Whether it is a number (a telephone, a NIK, a NIP), or one common word or name, said once or again, with digits or not. */
export function isWeak(password: string, names: readonly string[]): boolean {
  const letters = lettersOf(password);
  if (letters === '') return /^[\d\s.+-]*$/.test(password);
  const word = saidOnce(letters);
  return word.length === 1 || commonest.has(word) || names.some((name) => saidOnce(lettersOf(name)) === word);
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '');

/** `siaga` of `siagasiagasiaga`. */
const saidOnce = (letters: string): string => /^(.+?)\1*$/u.exec(letters)?.[1] ?? letters;
