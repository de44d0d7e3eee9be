import { Fault } from '@siaga/contracts';

/** Says why in words. */
export class NoRecording extends Error {
  override readonly name = 'NoRecording';
  /** No later try finds one. */
  readonly isFinal: boolean;

  /** `status` is what the media server answered, if it was asked. */
  constructor(message: string, status?: number) {
    super(message);
    this.isFinal = status === 404;
  }
}

/** What a media server's answer without a recording means. */
export const noRecordingBy = (status: number) => new NoRecording(wordsFor(status), status);

/** What is as it is however often it is tried; all else (nobody there, a broken link, a wrong secret) may be mended. */
export const isFinal = (error: unknown): boolean =>
  error instanceof NoRecording ? error.isFinal : error instanceof Fault && error.kind === 'too-large';

export const unrecorded =
  'server media kamera ini tidak punya alamat putar ulang di MEDIA_SERVERS (go2rtc tidak merekam) · its media server has no playback';

function wordsFor(status: number): string {
  if (status === 404) return 'server media tidak punya rekaman saat itu · it recorded nothing then';
  if (status === 401 || status === 403)
    return 'server media menolak kami: periksa authHTTPAddress dan rahasianya · it refused us';
  return `server media menjawab HTTP ${String(status)} · it answered HTTP ${String(status)}`;
}

/** In both languages, for whoever asked for the clip. */
export function problemOf(error: unknown): string {
  if (error instanceof NoRecording) return error.message;
  if (error instanceof Fault && error.kind === 'too-large') return 'rekamannya lebih dari 200 MB · more than 200 MB';
  if (error instanceof Fault) return error.message;
  const { name, cause } = error as Error & { cause?: { code?: string } };
  if (name === 'TimeoutError') return 'server media tidak selesai dalam 8 menit · not within 8 minutes';
  return `server media tidak terjangkau atau terputus (${cause?.code ?? 'putus'}) · it cannot be reached, or broke off`;
}
