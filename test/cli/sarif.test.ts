/** SARIF against the rules of the 2.1.0 specification, section by section, and the formats of CI servers. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

type Json = Readonly<Record<string, unknown>>;

const map = (value: unknown, where: string): Json => {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), where);
  return value as Json;
};
const list = (value: unknown, where: string): readonly unknown[] => {
  assert.ok(Array.isArray(value), where);
  return value;
};

/** Each object of the format that is used, with the properties it may have; those with a mark it must have. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  log: ['$schema', 'version!', 'runs!'],
  run: ['tool!', 'results', 'columnKind'],
  tool: ['driver!'],
  toolComponent: ['name!', 'version', 'informationUri', 'rules'],
  reportingDescriptor: ['id!', 'shortDescription', 'helpUri', 'defaultConfiguration'],
  reportingConfiguration: ['level'],
  result: ['ruleId', 'ruleIndex', 'level', 'message!', 'locations', 'relatedLocations', 'fixes'],
  message: ['text!'],
  location: ['id', 'physicalLocation', 'message'],
  physicalLocation: ['artifactLocation!', 'region'],
  artifactLocation: ['uri'],
  region: ['startLine', 'startColumn', 'endLine', 'endColumn'],
  fix: ['description', 'artifactChanges!'],
  artifactChange: ['artifactLocation!', 'replacements!'],
  replacement: ['deletedRegion!', 'insertedContent'],
  artifactContent: ['text'],
};

function shaped(name: string, value: unknown, where: string): Json {
  const found = map(value, where);
  const known = shapes[name] ?? [];
  for (const key of Object.keys(found))
    assert.ok(known.includes(key) || known.includes(`${key}!`), `${where}: ${name} has no property ${key}`);
  for (const key of known)
    if (key.endsWith('!')) assert.ok(key.slice(0, -1) in found, `${where}: ${name} needs ${key}`);
  return found;
}

const isText = (value: unknown, where: string) => assert.ok(typeof value === 'string' && value !== '', where);
const levels = ['none', 'note', 'warning', 'error'];

function checkMessage(value: unknown, where: string): void {
  isText(shaped('message', value, where)['text'], `${where}.text`);
}

function checkRegion(value: unknown, where: string): void {
  const region = shaped('region', value, where);
  const [startLine, startColumn, endLine, endColumn] = ['startLine', 'startColumn', 'endLine', 'endColumn'].map(
    (key) => {
      const number = region[key];
      assert.ok(typeof number === 'number' && Number.isInteger(number) && number >= 1, `${where}.${key}`);
      return number;
    },
  ) as [number, number, number, number];
  assert.ok(
    endLine > startLine || (endLine === startLine && endColumn >= startColumn),
    `${where} ends before it starts`,
  );
}

function checkArtifact(value: unknown, where: string): void {
  const { uri } = shaped('artifactLocation', value, where);
  assert.ok(typeof uri === 'string', where);
  // RFC 3986: a relative reference has no colon in its first segment, and no characters but these.
  assert.match(uri, /^(?:[\w.~!$&'()*+,;=@-]|%[0-9A-F]{2})+(?:\/(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-F]{2})*)*$/, where);
}

function checkLocation(value: unknown, where: string): void {
  const location = shaped('location', value, where);
  if ('message' in location) checkMessage(location['message'], where);
  const physical = shaped('physicalLocation', location['physicalLocation'], where);
  checkArtifact(physical['artifactLocation'], where);
  checkRegion(physical['region'], where);
}

function checkFix(value: unknown, where: string): void {
  const { description, artifactChanges } = shaped('fix', value, where);
  checkMessage(description, where);
  const changes = list(artifactChanges, where);
  assert.ok(changes.length > 0, where);
  for (const item of changes) {
    const change = shaped('artifactChange', item, where);
    checkArtifact(change['artifactLocation'], where);
    const replacements = list(change['replacements'], where);
    assert.ok(replacements.length > 0, where);
    for (const replacement of replacements) {
      const { deletedRegion, insertedContent } = shaped('replacement', replacement, where);
      checkRegion(deletedRegion, where);
      assert.equal(typeof shaped('artifactContent', insertedContent, where)['text'], 'string', where);
    }
  }
}

function checkSarif(text: string): number {
  const log = shaped('log', JSON.parse(text), 'log');
  assert.equal(log['version'], '2.1.0');
  assert.match(String(log['$schema']), /^https:\/\/.*sarif-schema-2\.1\.0\.json$/);
  let count = 0;
  for (const item of list(log['runs'], 'runs')) {
    const run = shaped('run', item, 'run');
    assert.ok(['utf16CodeUnits', 'unicodeCodePoints'].includes(String(run['columnKind'])));
    const driver = shaped('toolComponent', shaped('tool', run['tool'], 'tool')['driver'], 'driver');
    isText(driver['name'], 'driver.name');
    const rules = list(driver['rules'], 'rules').map((rule) => shaped('reportingDescriptor', rule, 'rule'));
    for (const rule of rules) {
      isText(rule['id'], 'rule.id');
      checkMessage(rule['shortDescription'], 'rule.shortDescription');
      assert.match(String(rule['helpUri']), /^https:\/\//);
      assert.ok(
        levels.includes(String(shaped('reportingConfiguration', rule['defaultConfiguration'], 'rule')['level'])),
      );
    }
    assert.equal(new Set(rules.map((rule) => rule['id'])).size, rules.length);
    for (const [index, value] of list(run['results'], 'results').entries()) {
      const where = `results[${index}]`;
      const result = shaped('result', value, where);
      assert.equal(rules[Number(result['ruleIndex'])]?.['id'], result['ruleId'], where);
      assert.ok(levels.includes(String(result['level'])), where);
      checkMessage(result['message'], where);
      for (const location of list(result['locations'], where)) checkLocation(location, where);
      const related = list(result['relatedLocations'] ?? [], where);
      for (const location of related) checkLocation(location, where);
      assert.equal(new Set(related.map((location) => map(location, where)['id'])).size, related.length, where);
      for (const fix of list(result['fixes'] ?? [], where)) checkFix(fix, where);
      count++;
    }
  }
  return count;
}

/** What an XML parser would say: tags that fit, attributes in quotes, no stray marks. Answers the texts of failures. */
function checkXml(xml: string): string[] {
  assert.ok(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n'));
  const open: string[] = [];
  const failures: string[] = [];
  const token = /<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  token.lastIndex = xml.indexOf('\n');
  let at = token.lastIndex;
  for (let match = token.exec(xml); match; match = token.exec(xml)) {
    const [, closing, name = '', attributes = '', alone, text] = match;
    at = token.lastIndex;
    for (const words of [text ?? '', attributes]) {
      assert.doesNotMatch(words, /&(?!(?:amp|lt|gt|quot|#\d+);)/);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(words, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    }
    if (text !== undefined) {
      if (open.at(-1) === 'failure') failures.push(text);
      else assert.ok(open.at(-1) === 'system-out' || text.trim() === '', text);
    } else if (closing === '/') assert.equal(open.pop(), name);
    else if (alone !== '/') open.push(name);
  }
  assert.equal(at, xml.length, xml.slice(at, at + 80));
  assert.deepEqual(open, []);
  return failures;
}

describe('formats of CI servers', () => {
  let folder: ReturnType<typeof folderOf>;
  const run = (format: string, ...args: string[]) => podpath(folder.path, ['check', '--format', format, ...args]).out;
  before(async () => {
    await bundle();
    folder = folderOf({
      'a b/50%,x:y.yaml': service('web', 'app: wbe', ', namespace: shop'),
      'a b/web.yaml': deployment('web', 'app: web', ', namespace: shop'),
      'quotes.yaml': service('"<w&b>\\u0001\\n]]>"', 'app: "a\\"b"'),
      'old.yaml': deployment('old', 'app: old').replace('apps/v1', 'extensions/v1beta1'),
      'broken.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: "x\n',
      'empty.yaml': '',
    });
  });
  after(() => folder.remove());

  test('SARIF is what the specification wants', () => {
    assert.ok(checkSarif(run('sarif')) > 4);
    assert.equal(checkSarif(run('sarif', 'empty.yaml')), 0);
  });

  test('workflow commands escape what ends them', () => {
    const lines = run('github').trimEnd().split('\n');
    for (const line of lines)
      assert.match(
        line,
        /^::(?:error|warning|notice) file=[^:,]+,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?,title=[a-z-]+::[^\r\n]+$/,
      );
    const line = lines.find((item) => item.includes('50')) ?? '';
    assert.ok(
      line.startsWith(
        '::warning file=a b/50%25%2Cx%3Ay.yaml,line=6,endLine=6,col=10,endColumn=12,title=service-selector-matches-nothing::no pod in namespace shop has app=wbe;',
      ),
      line,
    );
    assert.match(line, /%0Aa b\/web\.yaml:8: /);
  });

  test('JUnit is well-formed and fails what --fail-on fails', () => {
    const failures = checkXml(run('junit'));
    assert.ok(failures.length > 2);
    assert.ok(failures.some((text) => text.includes('&lt;w&amp;b&gt;')));
    assert.equal(checkXml(run('junit', '--fail-on', 'never')).length, 0);
    assert.match(run('junit', 'a b/web.yaml'), /tests="1" failures="0"/);
    assert.deepEqual(checkXml(run('junit', 'a b/web.yaml')), []);
  });
});
