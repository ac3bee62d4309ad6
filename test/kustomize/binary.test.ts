/** Generated objects of files that are no text, and hashes as the real tool computed them. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { buildKustomization } from '../../server/src/core/index';
import { base64, sha256, utf8 } from '../../server/src/core/bundle/kustomize/sha256';
import { decodeUtf8 } from '../../server/src/core/bundle/kustomize/utf8';
import { plain } from './build';

const base = 'file:///binary';
const kustomization = `configMapGenerator: [{ name: g, files: [b.bin, c.txt] }]
secretGenerator: [{ name: s, files: [b.bin] }]
`;
const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
const files = new Map([
  ['kustomization.yaml', utf8(kustomization)],
  ['b.bin', bytes],
  ['c.txt', utf8('é\n')],
]);
const lines = (base64(bytes).match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');

test('bytes that are no text are kept in base64, in lines of 70', () => {
  const read = (uri: string) => files.get(uri.slice(base.length + 1));
  const { resources, problems } = buildKustomization(base, {
    text: (uri) => decodeUtf8(read(uri) ?? Uint8Array.of(0xff)),
    bytes: read,
  });
  deepEqual(problems, []);
  deepEqual(
    resources.map(({ tree }) => plain(tree)),
    [
      {
        apiVersion: 'v1',
        binaryData: { 'b.bin': lines },
        data: { 'c.txt': 'é\n' },
        kind: 'ConfigMap',
        metadata: { name: 'g-tgfmkf98fc' },
      },
      {
        apiVersion: 'v1',
        data: { 'b.bin': lines },
        kind: 'Secret',
        metadata: { name: 's-dmt76cd55f' },
        type: 'Opaque',
      },
    ],
  );
});

test('without bytes a file that is no text is said to be unknown', () => {
  const { incomplete } = buildKustomization(base, {
    text: (uri) =>
      uri.endsWith('b.bin') ? '\u0000\uFFFD' : decodeUtf8(files.get(uri.slice(base.length + 1)) ?? Uint8Array.of(0xff)),
  });
  deepEqual(
    incomplete.map(({ reason }) => reason),
    ['binary', 'binary'],
  );
});

test('SHA-256, base64 and UTF-8 as everybody has them', () => {
  for (const text of ['', 'abc', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(1000), 'é😀\n']) {
    equal(base64(utf8(text)), Buffer.from(text).toString('base64'));
    equal(decodeUtf8(utf8(text)), text);
  }
  equal(sha256(utf8('abc')), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  equal(sha256(utf8('')), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  for (const broken of [[0x80], [0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]])
    equal(decodeUtf8(Uint8Array.from(broken)), undefined);
});
