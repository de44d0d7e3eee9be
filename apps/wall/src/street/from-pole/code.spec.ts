import { expect, it } from '@jest/globals';
import { answerIn, codeIn, linkTo } from './code.ts';

it('a code names a city and a lamp', () => {
  expect(codeIn('/lapor/3574/PJU-0142')).toEqual({ city: '3574', lampId: 'PJU-0142' });
  expect(codeIn('/lapor/3574/PJU%2D1/')).toEqual({ city: '3574', lampId: 'PJU-1' });
});

it.each(['/lapor', '/lapor/', '/lapor/PJU-1', '/lapor/3574', '/lapor/3574/', '/lapor/35744/PJU-1', '/lapor/3574/%zz'])(
  '%s names none',
  (pathname) => {
    expect(codeIn(pathname)).toBeUndefined();
  },
);

it('who has a link comes back to his answer, in its city', () => {
  const link = { city: '3573', key: 'ab'.repeat(16) };
  const { pathname, hash } = new URL(linkTo(link), 'https://siaga.example.go.id');
  expect(answerIn({ pathname, hash })).toEqual(link);
  expect(answerIn({ pathname, hash: '' })).toBeUndefined();
  expect(answerIn({ pathname: '/lapor', hash })).toBeUndefined();
});
