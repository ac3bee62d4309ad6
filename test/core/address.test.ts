/** Which texts hold addresses, by their form alone, and where their words stand in a file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayBeInCluster, serviceVariable } from '../../server/src/core/address/host';
import { partsOf } from '../../server/src/core/address/part';
import { readAddresses } from '../../server/src/core/address/read';
import { findAddresses } from '../../server/src/core/address/scan';
import { scalar } from '../../server/src/core/value';
import type { Origin } from '../../server/src/core/value';
import { readDocument } from '../../server/src/core/yaml';

function origin(text: string): Origin {
  return { uri: 'file:///x', start: 0, end: text.length, verbatim: true };
}

/** Hosts and ports as `host:port`, with `?` for a port that something else puts in. */
function found(text: string): string[] {
  return findAddresses(text).map(({ host, port, openPort }) => {
    const number = port ? text.slice(port.start, port.end) : openPort ? '?' : '';
    return `${text.slice(host.start, host.end)}${number === '' ? '' : `:${number}`}`;
  });
}

const cases: readonly (readonly [text: string, ...addresses: string[]])[] = [
  ['http://web', 'web'],
  ['http://web:80/path?x=1#y', 'web:80'],
  ['https://web.shop.svc.cluster.local', 'web.shop.svc.cluster.local'],
  ['web:8080', 'web:8080'],
  ['web.shop:8080', 'web.shop:8080'],
  ['web.shop.svc', 'web.shop.svc'],
  ['web-0.web.shop.svc.cluster.local', 'web-0.web.shop.svc.cluster.local'],
  ['etcd-0=http://etcd-0.etcd:2380,etcd-1=http://etcd-1.etcd:2380', 'etcd-0.etcd:2380', 'etcd-1.etcd:2380'],
  ['kafka-0.kafka:9092,kafka-1.kafka:9092', 'kafka-0.kafka:9092', 'kafka-1.kafka:9092'],
  ['mongodb://user:p%40ss@a:27017,b:27017/db?replicaSet=rs', 'a:27017', 'b:27017'],
  ['jdbc:postgresql://db:5432/app', 'db:5432'],
  ['jdbc:mysql://db/app', 'db'],
  ['amqp://guest:$(PASSWORD)@queue:5672', 'queue:5672'],
  ['redis://:${PASSWORD}@cache:6379/0', 'cache:6379'],
  ['root:secret@tcp(mysql:3306)/app', 'mysql:3306'],
  ['dns:///web:80', 'web:80'],
  ['dns://10.96.0.10/web:80', 'web:80'],
  ['--upstream=web:8080', 'web:8080'],
  ['--upstream=http://web:8080', 'web:8080'],
  ['http://web:$(PORT)', 'web:?'],
  ['proxy_pass http://web:8080;', 'web:8080'],
  ['"url": "http://web:80"', 'web:80'],
  ['<url>http://web:80</url>', 'web:80'],
  ['see http://web.', 'web'],
  ['wait for web:80.', 'web:80'],
  ['http://a:80,http://b:81', 'a:80', 'b:81'],
  ['# http://old:80\nurl: http://web:80 # not http://other\n  // http://third\nlast http://web', 'web:80', 'web'],
  ['curl --fail\n  --url http://web:80', 'web:80'],
  // What is no address, or none of the cluster.
  ['http://example.com'],
  ['http://www.shop.example.org:80'],
  ['http://localhost:8080'],
  ['http://10.0.0.1:80'],
  ['http://[::1]:80'],
  ['redis:6.2'],
  ['redis:6-alpine'],
  ['image: redis:6'],
  ['registry.io/team/app:80'],
  ['team/app:80'],
  ['10:30'],
  ['at 10:30:00'],
  ['C:\\temp'],
  ['8080:80'],
  ['web:80:90'],
  ['web:99999'],
  ['web:0'],
  ['Main.java:30'],
  ['me@example.com:22'],
  ['file://web/path'],
  ['s3://bucket/key'],
  ['http://{{ .Values.host }}:80'],
  ['http://{{ .Release.Name }}-web:80'],
  ['http://$(HOST):80'],
  ['http://${HOST}-web:80'],
  ['http://web<namespace>:80'],
  ['${NAME}-web:80'],
  ['http://__HOST__:80'],
  ['http://%HOST%:80'],
  ['*.web.shop.svc'],
  ['.svc,.cluster.local'],
  ['foo.svc.cs'],
  ['{"web":80}'],
  ['web: 80'],
];

for (const [text, ...expected] of cases)
  test(`in ${JSON.stringify(text)}: ${expected.join(' ') || 'nothing'}`, () => {
    assert.deepEqual(found(text), expected);
  });

test('addresses in a text of a million characters are found: it does not take a time that explodes', () => {
  for (const piece of ['http://a', 'a:1', 'a.svc', '://', 'http://web:80,', 'dns://', ':@', 'a-', '\n#:1', 'x://y@'])
    assert.ok(findAddresses(`${piece.repeat(1_000_000 / piece.length)}\nhttp://web:80`).length >= 1, piece);
});

test('addresses in long texts of any kind are read: it does not take a time that explodes', () => {
  const read = (text: string) => {
    const value = { type: 'scalar', value: text, text, style: 'plain', origin: origin(text) } as const;
    return readAddresses([{ text: value, key: 'A_HOST', path: 'data.A_HOST' }]);
  };
  for (const piece of [
    'host=a ',
    'host=',
    'upstream ',
    'upstream\t \t',
    'a=',
    ' host=a;port=1',
    'port=1\n',
    '${',
    'http://a\n',
  ])
    assert.ok(read(`${piece.repeat(100_000)}\nhttp://web:80\n`).length >= 1, piece);
});

test('hosts that may be in the cluster', () => {
  for (const host of ['web', 'web.dev', 'web-0.web.shop', 'a.b.svc', '10-0-0-1.shop.pod.cluster.local'])
    assert.ok(mayBeInCluster(host), host);
  for (const host of ['', '1.2', 'localhost', 'a..b', '-a', 'www.shop.de', 'example.com', '80'])
    assert.ok(!mayBeInCluster(host), host);
});

test('variables of Services', () => {
  assert.deepEqual(serviceVariable('REDIS_MASTER_SERVICE_HOST'), {
    service: 'redis-master',
    says: 'host',
    portName: undefined,
    portNumber: undefined,
  });
  assert.equal(serviceVariable('WEB_SERVICE_PORT_HTTP')?.portName, 'HTTP');
  assert.equal(serviceVariable('WEB_PORT_80_TCP_ADDR')?.says, 'host');
  assert.equal(serviceVariable('WEB_PORT_80_TCP_PORT')?.portNumber, 80);
  assert.equal(serviceVariable('WEB_HOST'), undefined);
  assert.equal(serviceVariable('WEB_SERVICE_HOST_X'), undefined);
});

test('words have their places in the file where it says what it reads', () => {
  const places: readonly (readonly [yaml: string, isVerbatim: boolean])[] = [
    ['x: http://web:80', true],
    ['x: "http://web:80"', true],
    ["x: 'http://web:80'", true],
    ['x: "\\thttp://web:80"', false],
    ["x: 'it''s http://web:80'", false],
    ['x: |\n  first\n\n    http://web:80\n  last\n', true],
    ['x: |+\r\n  first\r\n\r\n  url http://web:80\r\n', true],
    ['x: |2-\n    http://web:80', true],
    ['x: >-\n  http://web:80\n', true],
    ['x: >-\n  first\n  http://web:80\n', false],
    ['x: first\n  http://web:80\n', false],
  ];
  for (const [yaml, isVerbatim] of places) {
    const text = scalar(readDocument('file:///x', yaml, { start: 0, end: yaml.length }, 'kubectl').value, 'x');
    assert.ok(text, yaml);
    const [address] = findAddresses(text.text);
    assert.ok(address?.port, yaml);
    const parts = partsOf(text);
    const host = parts(address.host.start, address.host.end);
    const port = parts(address.port.start, address.port.end);
    assert.deepEqual([host.text, port.value], ['web', 80], yaml);
    const { start, end } = host.origin;
    assert.equal(host.origin.verbatim, isVerbatim, yaml);
    if (isVerbatim) {
      assert.equal(yaml.slice(start, end), 'web', yaml);
      assert.equal(yaml.slice(port.origin.start, port.origin.end), '80', yaml);
    } else assert.deepEqual([start, end], [text.origin.start, text.origin.end]);
  }
});
