import { expect, it } from '@jest/globals';
import { answerTo, authorization } from './authorization.ts';

const digest = 'Digest realm="cam", nonce="abc", qop="auth"';
const basic = 'Basic realm="cam"';

function asked(headers: readonly string[], digestOnly: boolean) {
  let digests = 0;
  const signIn = { userName: 'penjaga', password: 'benar', digestOnly, sawDigest: () => (digests += 1) };
  const said = () => answerTo(headers, signIn, 'RTSP 401').challenge.scheme;
  return { said, digests: () => digests };
}

it('is signed in to by the best it asks for, and never by less than before', () => {
  expect(asked([basic], false).said()).toBe('basic');
  const better = asked([basic, digest], false);
  expect([better.said(), better.digests()]).toEqual(['digest', 1]);
  expect(asked([basic, digest], true).said()).toBe('digest');
  expect(asked([basic], true).said).toThrow(expect.objectContaining({ reason: 'weaker-sign-in', detail: 'RTSP 401' }));
  expect(asked(['Negotiate'], false).said).toThrow(expect.objectContaining({ reason: 'wrong-credentials' }));
});

it.each([
  ['none', 'needs-credentials'],
  ['elsewhere', 'credentials-elsewhere'],
] as const)('with credentials %s says %s', (credentials, reason) => {
  expect(() => answerTo([digest], credentials, 'HTTP 401')).toThrow(expect.objectContaining({ reason }));
});

it('signs as RFC 2617 §3.5 does', () => {
  const params = { realm: 'testrealm@host.com', nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093' };
  const who = { userName: 'Mufasa', password: 'Circle Of Life' };
  const signed = authorization({ scheme: 'digest', params }, who, { method: 'GET', uri: '/dir/index.html', count: 1 });
  // RFC 2069's form of the same example, without qop (erratum 749)
  expect(signed).toContain('response="670fd8c2df070c60b045671b8b24ff02"');
});
