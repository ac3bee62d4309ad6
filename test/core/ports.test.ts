import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portNumber, protocolOf, readPort } from '../../server/src/core/ports';

test('a port number is a whole number from 1 to 65535', () => {
  assert.deepEqual([1, 80, 65535].map(portNumber), [1, 80, 65535]);
  for (const value of [0, -1, 65536, 80.5, NaN, '80', 80n, null, undefined]) assert.equal(portNumber(value), undefined);
});

test('an IntOrString port is a number or a name, and quoted digits are neither', () => {
  assert.deepEqual(readPort(80), { number: 80 });
  assert.deepEqual(readPort('http'), { name: 'http' });
  assert.deepEqual(readPort('80'), {
    problem: 'is the text "80", which is read as a port name; write the number without quotes',
  });
  assert.deepEqual(readPort(0), { problem: 'must be a whole number from 1 to 65535' });
  assert.deepEqual(readPort('HTTP'), { problem: "must be lower-case letters, digits and '-'" });
  assert.deepEqual(readPort(true), { problem: 'must be a port number or a port name' });
});

test('an unset protocol is TCP and the case of a set one counts', () => {
  assert.deepEqual([undefined, null, 'UDP', 'SCTP', 'tcp', 6].map(protocolOf), [
    'TCP',
    'TCP',
    'UDP',
    'SCTP',
    undefined,
    undefined,
  ]);
});
