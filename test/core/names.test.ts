import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameRules, type NameRule } from '../../server/src/core/names';
import { nearestValid } from '../../server/src/core/nearest-name';

const table: Record<NameRule, { valid: string[]; invalid: Record<string, RegExp> }> = {
  dns1123Label: {
    valid: ['a', '1', 'web-2', 'a'.repeat(63)],
    invalid: {
      '': /empty/,
      Web: /lower-case/,
      '-a': /start and end/,
      'a.b': /lower-case/,
      ['a'.repeat(64)]: /63 characters long \(it has 64\)/,
    },
  },
  dns1123Subdomain: {
    valid: ['a', 'a.b', '1.2', 'a'.repeat(253)],
    invalid: { 'a..b': /each part/, '.a': /each part/, 'a.': /each part/, a_b: /lower-case/, ['a'.repeat(254)]: /253/ },
  },
  dns1035Label: { valid: ['a1'], invalid: { '1a': /start with a letter/, 'a.b': /lower-case/ } },
  wildcardDns1123Subdomain: { valid: ['*.a.com'], invalid: { '*a.com': /\*\./, 'a.com': /\*\./, '*.*.com': /\*\./ } },
  qualifiedName: {
    valid: ['app', 'App_1.x', 'a.com/App'],
    invalid: {
      'a/b/c': /one '\/'/,
      'A.com/x': /prefix that must be lower-case/,
      'a.com/': /after the '\/' that must not be empty/,
      '-a': /start and end/,
    },
  },
  labelValue: {
    valid: ['', 'A', 'a_b.c'],
    invalid: { 'a b': /letters, digits/, 'a-': /start and end/, ['a'.repeat(64)]: /63/ },
  },
  portName: {
    valid: ['http', '8a', 'metrics-http'],
    invalid: {
      '80': /one letter/,
      'a--b': /'--'/,
      'a-': /start and end/,
      HTTP: /lower-case/,
      'prometheus-metrics': /15 characters long \(it has 18\)/,
    },
  },
  cIdentifier: { valid: ['_a1', 'POD_IP'], invalid: { '1a': /start with/, 'a-b': /letters, digits/ } },
  configMapKey: {
    valid: ['a.yaml', '.hidden', 'A_b'],
    invalid: { '.': /'\.'/, '..a': /'\.\.'/, 'a/b': /letters, digits/ },
  },
  fullyQualifiedName: {
    valid: ['a.com', 'a.com.'],
    invalid: { a: /at least two/, '.': /empty/, [`${'a'.repeat(64)}.com`]: /63/ },
  },
  domainPrefixedPath: {
    valid: ['a.com/x/Y'],
    invalid: { 'a.com': /'\/' and a path/, '/x': /'\/' and a path/, 'A/x': /before the first/, 'a/ x': /characters/ },
  },
};

for (const [rule, { valid, invalid }] of Object.entries(table)) {
  const check = nameRules[rule as NameRule];
  test(`${rule} accepts what the API server accepts and says what is wrong with the rest`, () => {
    for (const text of valid) assert.equal(check(text), undefined, text);
    for (const [text, problem] of Object.entries(invalid)) assert.match(check(text) ?? 'valid', problem, text);
  });
}

test('the nearest valid name keeps what it can', () => {
  const expected: [NameRule, string, string | undefined][] = [
    ['dns1123Label', 'My_Service', 'my-service'],
    ['dns1123Label', '--web--', 'web'],
    ['dns1123Label', `${'a'.repeat(62)}-b`, 'a'.repeat(62)],
    ['dns1123Label', '***', undefined],
    ['dns1123Subdomain', 'My.Host_.', 'my.host'],
    ['dns1035Label', '1st-web', 'st-web'],
    ['dns1035Label', '123', undefined],
    ['wildcardDns1123Subdomain', '*Example.com', '*.example.com'],
    ['qualifiedName', 'Example.com/my app', 'example.com/my-app'],
    ['qualifiedName', 'a/b/c', undefined],
    ['labelValue', 'hello world!', 'hello-world'],
    ['portName', 'Prometheus_Metrics', 'prometheus-metr'],
    ['portName', '8080', undefined],
    ['cIdentifier', '1-a', '_1_a'],
    ['configMapKey', '../a b', '.-a-b'],
    ['fullyQualifiedName', 'web', undefined],
  ];
  for (const [rule, text, nearest] of expected) assert.equal(nearestValid(rule, text), nearest, `${rule} ${text}`);
});

test('whatever is offered is valid', () => {
  const alphabet = 'aZ09-_./* é';
  for (let seed = 1; seed < 3000; seed++) {
    const text = Array.from({ length: seed % 9 }, (_, at) => alphabet[(seed * (at * 7 + 3)) % alphabet.length]).join(
      '',
    );
    for (const rule of Object.keys(nameRules) as NameRule[]) {
      const nearest = nearestValid(rule, text);
      if (nearest !== undefined) assert.equal(nameRules[rule](nearest), undefined, `${rule} ${text}`);
    }
  }
});
