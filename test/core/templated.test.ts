import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTemplated } from '../../server/src/core/templated';

test('placeholders of the usual tools are templated', () => {
  for (const text of [
    '{{ .Values.name }}',
    'a-{{x}}',
    '${NAME}',
    '$(NAME)',
    '$NAME',
    'web-$env',
    '<name>',
    '<your-domain>.com',
    '<your domain>',
    '__NAME__',
    'a-__b_c__',
    '%NAME%',
    'a.%domain%.com',
    '__x__',
    '{GATEWAY_CLASS_NAME}',
  ]) {
    assert.equal(isTemplated(text), true, text);
  }
});

test('ordinary text is not', () => {
  for (const text of [
    'web',
    'a_b',
    'a__b',
    '__',
    '____',
    '%C3%A9',
    'a%20b%20c',
    '100%',
    'a < b and c > d',
    'cost: $5',
    'a$',
    '<',
    '<>',
    '< x >',
    '{x}',
    '(x)',
    '',
  ]) {
    assert.equal(isTemplated(text), false, text);
  }
});
