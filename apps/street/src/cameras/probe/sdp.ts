/** The picture in a description of a stream. */
export interface VideoTrack {
  /** `H264`, `H265`, `JPEG` … */
  readonly codec: string;
  /** Address of the track, to set it up by. */
  readonly control: string;
}

/** The first picture that a description (RFC 8866) offers; `base`: address that its own are relative to. */
export function videoIn(description: string, base: string): VideoTrack | undefined {
  const sections = description.split(/^(?=m=)/m);
  const video = sections.find((section) => section.startsWith('m=video'));
  if (video === undefined) return undefined;
  const [, payload = ''] = /^m=video \S+ \S+ (\d{1,3})/.exec(video) ?? [];
  const [, named] = new RegExp(`^a=rtpmap:${payload} ([A-Za-z0-9.-]{1,20})`, 'm').exec(video) ?? [];
  const codec = named?.toUpperCase() ?? (payload === '26' ? 'JPEG' : 'video');
  const [, control = '*'] = /^a=control:(\S{1,300})/m.exec(video) ?? [];
  return { codec: codec === 'HEVC' ? 'H265' : codec, control: absolute(control, base) };
}

/** RFC 2326 appendix C.1.1; cameras mean "below the base", whatever its last sign. */
function absolute(control: string, base: string): string {
  if (control === '*') return base;
  if (/^rtsps?:\/\//i.test(control)) return control;
  return `${base.replace(/\/$/, '')}/${control.replace(/^\//, '')}`;
}
