/** Regular expressions of patch targets: the answers of the platform's, in time that grows with the length. */
import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { compilePattern } from '../../server/src/core/bundle/kustomize/pattern';

const words = [
  '',
  'a',
  'b',
  'ab',
  'abc',
  'web',
  'web-1',
  'web-12',
  'Web',
  'WEB',
  'my.app',
  'my-app',
  'xmyxappx',
  'aaa',
  'a_b',
  'a b',
  '-',
  ']',
];

const sources = [
  ...[
    '.*',
    '.+',
    'a.*',
    '.*b',
    'a|b',
    'web|my-app',
    '(web|my)-.*',
    'web(-\\d+)?',
    'web-[0-9]{2}',
    'web-[0-9]{1,}',
    'a{2,3}',
  ],
  ...[
    '[a-c]+',
    '[^a]+',
    '[\\w.-]+',
    '\\w+',
    '\\W',
    '^web$',
    'we\\b.*',
    'my\\.app',
    'my.app',
    '(?:a|b)*',
    '(a+)+',
    'a??b',
  ],
  ...['[a-z]+-app', '.*[^0-9]', '(|a)b', 'x*', '(a|ab)(c|bcd)?', '\\S+ \\S+', '[-a]+'],
];

test('patterns match what they match elsewhere', () => {
  for (const source of sources) {
    const pattern = compilePattern(source);
    ok(pattern, source);
    for (const word of words) {
      equal(pattern.all(word), new RegExp(`^(?:${source})$`).test(word), `${source} for all of ${word}`);
      equal(pattern.some(word), new RegExp(source).test(word), `${source} for some of ${word}`);
    }
  }
});

test('flags, names and classes of Go', () => {
  ok(compilePattern('(?i)web')?.all('WEB'));
  ok(compilePattern('(?i:w)eb')?.all('Web'));
  equal(compilePattern('(?i:w)eb')?.all('WEB'), false);
  ok(compilePattern('(?P<name>a)b')?.all('ab'));
  ok(compilePattern('[[:alpha:]-]+')?.all('my-app'));
  ok(compilePattern('[]a]+')?.all('a]'));
  ok(compilePattern('\\Aweb\\z')?.all('web'));
});

test('what is no pattern is refused', () => {
  for (const source of [
    '(a',
    'a)',
    '[a',
    '*',
    'a**',
    '+a',
    '[b-a]',
    'a{3,2}',
    'a{2000}',
    '(?=a)',
    '(?<!a)b',
    '\\q',
    '\\',
    '((((a{999}){999}){999}){999})',
  ])
    equal(compilePattern(source), undefined, source);
});

test('repetitions of repetitions are written out to a thousand, and stand in brackets', () => {
  for (const source of [
    ...['a{2}{3}', 'a{1,1000}{1,1000}', 'a{2}?{3}', 'a*{2}', 'a{2}*', '(|a){2}{2}', '{2}', 'a|{2}'],
    ...['(b{10}){101}', '((b{10}){10}){11}', '(b{0,2}){501}', '(b{1000}|c){2}', '((b{100})?){11}', '(b{2,}){600}'],
    ...['(a{600}b{600}){2}', '(?:a{1,500}){2,3}', '((a*){40}){30}', '((a{2,}){20,}){26}', '(a{0}){1001}'],
  ])
    equal(compilePattern(source), undefined, source);
  for (const source of [
    ...['(b{10}){100}', '((b{10}){10}){10}', '(b{2})*', '(b*){500}', '(b{2,}){500}', 'x{1000}y{1000}', '(a{0}){1000}'],
    ...['b??', 'b{2}?', 'b{,2}', 'b{2}{', 'b{x}', '^*', '(a{1}){1000}', '(a{2}b{3}){300}'],
  ])
    ok(compilePattern(source), source);
  equal(compilePattern('web{,2}')?.all('web{,2}'), true);
});

test('no pattern goes through all ways to match', () => {
  for (const source of ['(a+)+b', '(a|a)*b', '(a*)*b', '(.*.*.*.*)*x'])
    equal(compilePattern(source)?.all('a'.repeat(250)), false, source);
  equal(compilePattern('(a?){50}a{50}')?.all('a'.repeat(100)), true);
  equal(compilePattern('(a?){50}a{50}')?.all('a'.repeat(101)), false);
});
