import { Fault, type CameraHealth, type CameraReason } from '@siaga/contracts';

/** What each reason says of the camera, and in words, Bahasa first. One table, for tests, states and alarms. */
export const reasons: Readonly<Record<CameraReason, { health: CameraHealth; words: string }>> = {
  ok: { health: 'live', words: 'Gambar datang · The picture arrives' },
  'no-address': { health: 'unchecked', words: 'Belum ada alamat aliran atau foto · No stream or snapshot address yet' },
  'unknown-name': { health: 'unreachable', words: 'Nama alamatnya tidak dikenal (DNS) · Its name is not known (DNS)' },
  'connection-refused': { health: 'unreachable', words: 'Sambungan ditolak: tidak ada yang mendengarkan di port itu · Connection refused: nothing listens on that port' }, // prettier-ignore
  'no-route': { health: 'unreachable', words: 'Tidak ada jalan ke alamat itu · No route to that address' },
  'no-answer': { health: 'unreachable', words: 'Tidak menjawab dalam 8 detik · No answer within 8 seconds' },
  'broken-off': { health: 'unreachable', words: 'Sambungan putus di tengah jalan · The connection broke off' },
  'not-allowed': { health: 'unreachable', words: 'Alamat atau port itu tidak boleh dihubungi dari sini · That address or port may not be contacted from here' }, // prettier-ignore
  'needs-credentials': { health: 'refused', words: 'Kamera minta nama dan sandi; isi lewat Sandi kamera · It asks for a name and password' }, // prettier-ignore
  'credentials-elsewhere': { health: 'refused', words: 'Alamat kamera berubah: isi lagi nama dan sandinya · Its address changed: enter name and password again' }, // prettier-ignore
  'wrong-credentials': { health: 'refused', words: 'Nama atau sandi ditolak · Name or password refused' },
  forbidden: { health: 'refused', words: 'Kamera melarang (403) · The camera forbids it (403)' },
  'no-such-stream': { health: 'no-stream', words: 'Menjawab, tetapi alirannya tidak ada di alamat itu · It answers, but there is no such stream' }, // prettier-ignore
  'not-rtsp': { health: 'no-stream', words: 'Menjawab, tetapi bukan server RTSP · It answers, but is no RTSP server' },
  'no-video': { health: 'no-stream', words: 'Alirannya tidak memuat gambar · The stream has no video' },
  'no-packets': {
    health: 'no-stream',
    words: 'Aliran dibuka, tetapi gambar tidak datang · The stream opened, but no picture came',
  },
  'server-error': {
    health: 'no-stream',
    words: 'Kamera menjawab dengan kesalahan · The camera answered with an error',
  },
  'not-a-picture': {
    health: 'no-stream',
    words: 'Alamat foto tidak menjawab JPEG · The snapshot address answers no JPEG',
  },
  frozen: { health: 'frozen', words: 'Gambar beku: dua foto sama persis · Frozen: two stills are the same' },
  'weaker-sign-in': { health: 'refused', words: 'Dahulu minta Digest, kini sandi polos (Basic): sandi tidak dikirim. Bila kameranya memang diganti, isi lagi nama dan sandinya · It asked for Digest before and for Basic now: no password was sent' }, // prettier-ignore
  'too-much': { health: 'no-stream', words: 'Mengirim lebih banyak daripada kamera mana pun, sambungan diputus · It sent more than any camera does, and was cut off' }, // prettier-ignore
  black: { health: 'black', words: 'Gambar hitam · The picture is black' },
};

/** Why nothing was seen; `detail` is for people and holds no address and no credential. */
export class Unseen extends Error {
  override readonly name = 'Unseen';

  constructor(
    readonly reason: CameraReason,
    readonly detail?: string,
  ) {
    super(reason);
  }
}

const byCode: Readonly<Record<string, CameraReason>> = {
  ENOTFOUND: 'unknown-name',
  EAI_AGAIN: 'unknown-name',
  EAI_NODATA: 'unknown-name',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  ETIMEDOUT: 'no-answer',
};

/** What a socket's error means. */
export function unseenOf(error: unknown, signal: AbortSignal): Unseen {
  if (error instanceof Unseen) return error;
  if (signal.aborted) return new Unseen('no-answer');
  if (error instanceof Fault) return new Unseen('not-allowed');
  // several addresses were tried: the first tells as much as any
  const [first] = (error as { errors?: readonly NodeJS.ErrnoException[] }).errors ?? [];
  const code = first?.code ?? (error as NodeJS.ErrnoException).code ?? '';
  return new Unseen(byCode[code] ?? 'broken-off', /^[A-Z_]{2,40}$/.test(code) ? code : undefined);
}
