import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NotRtsp, RtspReader, TooMuchRtsp, type RtspPiece } from './rtsp-reader.ts';
import { videoIn } from './sdp.ts';

const answer = 'RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4\r\n\r\nv=0\n';
const packet = Buffer.from([0x24, 0, 0, 3, 7, 8, 9]);
const request = 'GET_PARAMETER rtsp://x RTSP/1.0\r\nCSeq: 9\r\n\r\n';
const bytes = Buffer.concat([Buffer.from(answer), packet, Buffer.from(request), packet, Buffer.from(answer)]);

const shapeOf = (piece: RtspPiece) => (piece.kind === 'packet' ? [...piece.bytes] : [piece.status, piece.body]);
const whole = [
  [200, 'v=0\n'],
  [7, 8, 9],
  [7, 8, 9],
  [200, 'v=0\n'],
];

describe('what comes on an RTSP connection', () => {
  it('is read the same however the network cuts it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: bytes.length - 1 })), (cuts) => {
        const at = [0, ...[...new Set(cuts)].sort((a, b) => a - b), bytes.length];
        const reader = new RtspReader();
        const pieces = at.slice(1).flatMap((end, index) => reader.read(bytes.subarray(at[index], end)));
        expect(pieces.map(shapeOf)).toEqual(whole);
      }),
    );
  });

  it('is refused when it is something else', () => {
    const nonsense = ['HTTP/1.1 400 Bad Request\r\n\r\n', '\x00\x01\x02', 'SSH-2.0-OpenSSH\r\n'];
    for (const text of nonsense) expect(() => new RtspReader().read(Buffer.from(text, 'latin1'))).toThrow(NotRtsp);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        try {
          expect(new RtspReader().read(Buffer.from(noise))).toEqual(expect.any(Array));
        } catch (error) {
          expect([NotRtsp, TooMuchRtsp]).toContain((error as Error).constructor);
        }
      }),
    );
  });
});

describe('more than any camera says', () => {
  const fed = (text: string, times = 1) => {
    const reader = new RtspReader();
    const chunk = Buffer.from(text, 'latin1');
    for (let time = 0; time < times; time += 1) reader.read(chunk);
  };

  it('is refused: a head without an end, a body too long, answers or requests without end', () => {
    expect(() => {
      fed('RTSP/1.0 200 OK\r\nContent-Length: 9999999\r\n\r\n');
    }).toThrow(TooMuchRtsp);
    expect(() => {
      fed(`RTSP/1.0 200 OK\r\n${'x: y\r\n'.repeat(4000)}`);
    }).toThrow(TooMuchRtsp);
    for (const message of ['RTSP/1.0 200 OK\r\n\r\n', 'GET_PARAMETER rtsp://x RTSP/1.0\r\n\r\n']) {
      expect(() => {
        fed(message, 64);
      }).not.toThrow();
      expect(() => {
        fed(message, 65);
      }).toThrow(TooMuchRtsp);
    }
  });

  it('is refused when its packets are more bytes than a look is long', () => {
    const packet = Buffer.concat([Buffer.from([0x24, 0, 0xff, 0xff]), Buffer.alloc(65_535)]);
    const reader = new RtspReader();
    const most = Math.floor(32_000_000 / packet.length);
    for (let time = 0; time < most; time += 1) expect(reader.read(packet)).toHaveLength(1);
    expect(() => reader.read(packet)).toThrow(TooMuchRtsp);
  });

  it('costs no more when it comes byte by byte: each is looked at a few times only', () => {
    const long = Buffer.from(`RTSP/1.0 200 OK\r\nX: ${'y'.repeat(15_000)}\r\nContent-Length: 65000\r\n\r\n${'z'.repeat(65_000)}`); // prettier-ignore
    const reader = new RtspReader();
    const pieces = Array.from(long).flatMap((byte) => reader.read(Buffer.from([byte])));
    expect(pieces).toMatchObject([{ kind: 'answer', status: 200, body: 'z'.repeat(65_000) }]);
  });
});

describe('a description of a stream', () => {
  it.each([
    ['m=audio 0 RTP/AVP 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:trackID=1', { codec: 'H264', control: 'rtsp://c/live/trackID=1' }], // prettier-ignore
    ['m=video 0 RTP/AVP 98\na=rtpmap:98 HEVC/90000\na=control:rtsp://c/x/1', { codec: 'H265', control: 'rtsp://c/x/1' }], // prettier-ignore
    ['m=video 0 RTP/AVP 26\na=control:*', { codec: 'JPEG', control: 'rtsp://c/live/' }],
    ['m=audio 0 RTP/AVP 0', undefined],
    ['', undefined],
  ])('%j', (text, wanted) => {
    expect(videoIn(`v=0\r\ns=cam\r\n${text}`, 'rtsp://c/live/')).toEqual(wanted);
  });
});
