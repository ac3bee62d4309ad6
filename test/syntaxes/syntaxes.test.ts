import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readFixture } from './fixture';
import { classicBase, folderBase, loadGrammar, tokenize } from './tokens';
import type { Base, Token } from './tokens';

const cases = 'test/syntaxes/cases';
const vscodeYaml = 'test/e2e/node_modules/code-server/lib/vscode/extensions/yaml/syntaxes';

/** The YAML grammars of VS Code, old and new; the new one comes with the end-to-end tests' VS Code, where that is installed. */
const bases: readonly (readonly [string, Base])[] = [
  ['YAML grammar of VS Code up to 1.93', classicBase],
  ...(existsSync(vscodeYaml)
    ? [['YAML grammar of VS Code from 1.94', folderBase(vscodeYaml, readdirSync(vscodeYaml))] as const]
    : []),
];

const has = (token: Token, prefix: string): boolean =>
  token.scopes.some((scope) => scope === prefix || scope.startsWith(`${prefix}.`));

/** The characters of `text` whose token has the scope: `line:column`. */
function cells(tokens: readonly Token[], text: string, scope: string): string[] {
  const lines = text.split('\n');
  return tokens
    .filter((token) => has(token, scope))
    .flatMap(({ line, start, end }) =>
      Array.from({ length: end - start }, (_, index) => start + index)
        .filter((column) => (lines[line]?.[column] ?? ' ') > ' ')
        .map((column) => `${line}:${column}`),
    );
}

const yamlFilesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => join(folder, file));

for (const [title, base] of bases) {
  void describe(title, () => {
    for (const file of readdirSync(cases)) {
      void test(file, async () => {
        const { text, expectations } = readFixture(readFileSync(join(cases, file), 'utf8'));
        assert.ok(expectations.length > 0, 'the case expects something');
        const lines = text.split('\n');
        const tokens = tokenize(await loadGrammar(base), text);
        const wrong: string[] = [];
        for (const { line, start, end, wanted, unwanted } of expectations) {
          for (const token of tokens.filter((each) => each.line === line && each.start < end && each.end > start)) {
            const missing = wanted.filter((scope) => !has(token, scope));
            const extra = unwanted.filter((scope) => has(token, scope));
            if (missing.length + extra.length === 0) continue;
            const word = lines[line]?.slice(Math.max(start, token.start), Math.min(end, token.end)) ?? '';
            wrong.push(
              `${lines[line] ?? ''}\n  ${word}: has ${token.scopes.join(' ')}\n  wanted ${[...missing, ...extra.map((scope) => `!${scope}`)].join(' ')}`,
            );
          }
        }
        assert.deepEqual(wrong, []);
      });
    }

    void test('keys, comments and document starts are the same with and without the injections', async () => {
      const [plain, injected] = [await loadGrammar(base, true), await loadGrammar(base)];
      for (const file of yamlFilesBelow('examples')) {
        const text = readFileSync(file, 'utf8');
        const [before, after] = [tokenize(plain, text), tokenize(injected, text)];
        for (const scope of ['entity.name.tag', 'comment', 'entity.other.document', 'invalid']) {
          assert.deepEqual(cells(after, text, scope), cells(before, text, scope), `${scope} in ${file}`);
        }
      }
    });

    void test('a line of 20,000 characters costs little', async () => {
      const grammar = await loadGrammar(base);
      for (const unit of [
        'a.',
        '1.',
        'ab:',
        'a-',
        ' ',
        'a.b.svc.',
        '10.0.0.1-',
        '{ port: ',
        'selector: ',
        'selector: { a: b, ',
        '::',
      ]) {
        const line = `x: "${unit.repeat(20_000 / unit.length)}`;
        assert.ok(tokenize(grammar, line).length > 0, unit);
      }
    });
  });
}
