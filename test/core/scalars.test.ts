import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDocument } from '../../server/src/core/yaml';
import { resolvePlain, resolveTagged, type Resolved } from '../../server/src/core/scalars';

/** What stands in the file, what kubectl 1.33 reads, and what its Kustomize 5.6 reads where that differs. */
type Row = readonly [text: string, kubectl: Resolved, kustomize?: Resolved];

const plain: readonly Row[] = [
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['nULL', 'nULL'],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['tRUE', 'tRUE'],
  ['yes', true, 'yes'],
  ['Yes', true, 'Yes'],
  ['YES', true, 'YES'],
  ['yEs', 'yEs'],
  ['y', true, 'y'],
  ['Y', true, 'Y'],
  ['on', true, 'on'],
  ['On', true, 'On'],
  ['ON', true, 'ON'],
  ['no', false, 'no'],
  ['No', false, 'No'],
  ['NO', false, 'NO'],
  ['n', false, 'n'],
  ['N', false, 'N'],
  ['off', false, 'off'],
  ['Off', false, 'Off'],
  ['OFF', false, 'OFF'],
  ['0', 0],
  ['1', 1],
  ['-1', -1],
  ['+1', 1],
  ['-0', 0],
  ['007', 7],
  ['089', 89],
  ['0777', 511],
  ['-0777', -511],
  ['+0777', 511],
  ['0o17', 15],
  ['0O17', 15],
  ['-0o17', -15],
  ['0o8', '0o8'],
  ['0x1F', 31],
  ['0X1f', 31],
  ['-0x1F', -31],
  ['0xG', '0xG'],
  ['0x', '0x'],
  ['0b101', 5],
  ['0B101', 5],
  ['-0b101', -5],
  ['0b2', '0b2'],
  ['1_000', 1000],
  ['1__0', 10],
  ['1_', 1],
  ['_1', '_1'],
  ['+_1', 1],
  ['0_7', 7],
  ['0x_F', 15],
  ['1_000.5', 1000.5],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['+.5', 0.5],
  ['1.0', 1],
  ['-0.0', 0],
  ['08.5', 8.5],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1e+3', 1000],
  ['1e-3', 0.001],
  ['1.e3', 1000],
  ['.1e2', 10],
  ['12e03', 12000],
  ['1_0e1_0', 1e11],
  ['1e', '1e'],
  ['e3', 'e3'],
  ['.', '.'],
  ['.e1', '.e1'],
  ['1e999', '1e999'],
  ['1e-999', 0],
  ['0x1p4', '0x1p4'],
  ['1.2.3', '1.2.3'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['1,000', '1,000'],
  ['1a', '1a'],
  ['.iNF', '.iNF'],
  ['.Nan', '.Nan'],
  ['inf', 'inf'],
  ['nan', 'nan'],
  ['Infinity', 'Infinity'],
  ['80:80', '80:80'],
  ['1:30', '1:30'],
  ['12:30:45', '12:30:45'],
  ['190:20:30', '190:20:30'],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', 9007199254740993n],
  ['9223372036854775807', 9223372036854775807n],
  ['-9223372036854775808', -9223372036854775808n],
  ['-9223372036854775809', -(2 ** 63)],
  ['100000000000000000000', 1e20],
  ['-0x8000000000000001', '-0x8000000000000001'],
  ['07777777777777777777777', 7.777777777777777e21],
  ['2021-01-01', '2021-01-01', '2021-01-01T00:00:00Z'],
  ['2021-1-1', '2021-1-1', '2021-01-01T00:00:00Z'],
  ['2020-02-29', '2020-02-29', '2020-02-29T00:00:00Z'],
  ['2021-02-30', '2021-02-30'],
  ['2021-13-01', '2021-13-01'],
  ['20210101', 20210101],
  ['2021-01-01 1:2:3', '2021-01-01 1:2:3', '2021-01-01T01:02:03Z'],
  ['2021-01-01 10:00:00Z', '2021-01-01 10:00:00Z'],
  ['2021-01-01t10:00:00Z', '2021-01-01t10:00:00Z', '2021-01-01T10:00:00Z'],
  ['2021-01-01T10:00:00', '2021-01-01T10:00:00'],
  ['2021-01-01T10:00:00.500+02:00', '2021-01-01T10:00:00.500+02:00', '2021-01-01T10:00:00.5+02:00'],
  ['2021-01-01T10:00:00+00:00', '2021-01-01T10:00:00+00:00', '2021-01-01T10:00:00Z'],
  ['2021-01-01T24:00:00Z', '2021-01-01T24:00:00Z'],
  ['2021-01-01T10:00:60Z', '2021-01-01T10:00:60Z'],
  ['2021-01-01T10:00:00.1234567891Z', '2021-01-01T10:00:00.1234567891Z', '2021-01-01T10:00:00.123456789Z'],
];

/**
 * Integers from 2^63 to 2^64-1: both readers keep them exact, but kubectl prints them as JSON through a float, so
 * only Kustomize can be asked.
 */
const unsigned: readonly Row[] = [
  ['9223372036854775808', 9223372036854775808n],
  ['18446744073709551615', 18446744073709551615n],
  ['0xFFFFFFFFFFFFFFFF', 18446744073709551615n],
];

/** What both tools refuse, since JSON has no such number. */
const refused: readonly Row[] = [
  ['.inf', Infinity],
  ['.Inf', Infinity],
  ['.INF', Infinity],
  ['+.inf', Infinity],
  ['-.inf', -Infinity],
  ['.nan', NaN],
  ['.NaN', NaN],
  ['.NAN', NaN],
];

const tagged: readonly Row[] = [
  ['!!str 80', '80'],
  ['!!str ~', '~'],
  ['!!str yes', 'yes'],
  ['!<tag:yaml.org,2002:str> 80', '80'],
  ['!!int "80"', 80],
  ['!!int 0777', 511],
  ['!!float 1', 1],
  ['!!float "1.5"', 1.5],
  ['!!float 9007199254740993', 9007199254740992],
  ['!!bool "true"', true],
  ['!!null ""', null],
  ['!!timestamp 2021-01-01', '2021-01-01', '2021-01-01T00:00:00Z'],
  ['!foo 80', '80'],
  ['!foo yes', 'yes'],
  ['!!foo 80', '80'],
  ['! 80', '80', 80],
];

const expected = ([, kubectl, kustomize]: Row, reading: string): Resolved =>
  reading === 'kustomize' && kustomize !== undefined ? kustomize : kubectl;

for (const reading of ['kubectl', 'kustomize'] as const) {
  test(`plain scalars as ${reading} reads them`, () => {
    for (const row of [...plain, ...unsigned, ...refused]) {
      assert.deepEqual(resolvePlain(row[0], reading), expected(row, reading), row[0]);
    }
  });

  test(`tagged scalars as ${reading} reads them`, () => {
    for (const row of tagged) {
      const document = readDocument('file:///a.yaml', `v: ${row[0]}`, { start: 0, end: row[0].length + 3 }, reading);
      const value = document.value?.type === 'map' ? document.value.entries[0]?.value : undefined;
      assert.deepEqual(value?.type === 'scalar' ? value.value : undefined, expected(row, reading), row[0]);
    }
  });
}

test('a tag that does not fit its text leaves the text', () => {
  for (const [tag, text] of [
    ['!!int', 'abc'],
    ['!!int', '1e3'],
    ['!!int', ''],
    ['!!float', 'abc'],
    ['!!bool', 'abc'],
    ['!!null', 'x'],
    ['!!timestamp', '1'],
  ] as const) {
    assert.equal(resolveTagged(tag, text, 'kubectl'), text, `${tag} ${text}`);
  }
  assert.equal(resolveTagged('!!bool', 'yes', 'kubectl'), true);
  assert.equal(resolveTagged('!!bool', 'yes', 'kustomize'), 'yes');
});

/** Runs the real readers, when the environment variable KUBECTL names a kubectl binary. */
const binary = process.env['KUBECTL'];

test('the real tools read every line of the tables so', { skip: binary === undefined && 'KUBECTL is not set' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'scalars-'));
  const manifest = (rows: readonly Row[]): string =>
    [
      'apiVersion: example.com/v1',
      'kind: Example',
      'metadata: {name: a}',
      'spec:',
      ...rows.map(([text], at) => `  v${at}: ${text}`),
      '',
    ].join('\n');
  const run = (reading: string, rows: readonly Row[]): string => {
    writeFileSync(join(folder, 'a.yaml'), manifest(rows));
    writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [a.yaml]\n');
    const patch = ['patch', '--local', '-f', join(folder, 'a.yaml'), '--type', 'merge', '-p', '{}', '-o', 'json'];
    const args = reading === 'kubectl' ? patch : ['kustomize', folder];
    return execFileSync(binary ?? '', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  };
  try {
    for (const reading of ['kubectl', 'kustomize']) {
      const rows = reading === 'kubectl' ? [...plain, ...tagged] : [...plain, ...unsigned, ...tagged];
      const lines = run(reading, rows).split('\n');
      for (const [at, row] of rows.entries()) {
        const line = lines.find((text) => /^\s*"?v(\d+)"?:/.exec(text)?.[1] === String(at)) ?? '';
        const printed = line.replace(/^\s*"?v\d+"?:\s*/, '').replace(/,$/, '');
        assert.ok(agrees(printed, expected(row, reading)), `${reading} reads ${row[0]} as ${printed || 'nothing'}`);
      }
      for (const row of refused) assert.throws(() => run(reading, [row]), `${reading} ${row[0]}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** True when a printed scalar, which Kustomize quotes only where it must, is this value. */
function agrees(printed: string, value: Resolved): boolean {
  if (typeof value === 'string') return printed === value || printed === JSON.stringify(value);
  if (typeof value === 'number') return /^[-0-9]/.test(printed) && Number(printed) === value;
  return printed === String(value);
}
