import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import type { IGrammar, IRawGrammar } from 'vscode-textmate';

/** One token: `line` 0-based, `start` inclusive and `end` exclusive in UTF-16 units, scopes from the root inwards. */
export interface Token {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

/** A YAML grammar to inject into: grammar files by scope name. */
export type Base = Readonly<Record<string, string>>;

const require = createRequire(import.meta.url);

/** The YAML grammar that VS Code shipped up to 1.93. */
export const classicBase: Base = { 'source.yaml': require.resolve('tm-grammars/grammars/yaml.json') };

/** The YAML grammars in the folder of VS Code's own `yaml` extension: one per YAML version from 1.94 on. */
export const folderBase = (folder: string, files: readonly string[]): Base =>
  Object.fromEntries(
    files
      .filter((file) => file.endsWith('.tmLanguage.json'))
      .map((file) => [`source.${basename(file, '.tmLanguage.json').replace('-', '.')}`, join(folder, file)]),
  );

interface Manifest {
  readonly contributes: {
    readonly grammars: readonly { scopeName: string; path: string; injectTo: readonly string[] }[];
  };
}

/** The grammars of package.json. */
const contributed = (JSON.parse(readFileSync('package.json', 'utf8')) as Manifest).contributes.grammars;

const onigLib = oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))).then(() => ({
  createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text: string) => new oniguruma.OnigString(text),
}));

/** The YAML grammar of `base`, with Podpath's injections unless `plain`. */
export async function loadGrammar(base: Base, plain = false): Promise<IGrammar> {
  const injected = plain ? [] : contributed;
  const paths = new Map([
    ...Object.entries(base),
    ...injected.map(({ scopeName, path }) => [scopeName, path] as const),
  ]);
  const registry = new textmate.Registry({
    onigLib,
    loadGrammar: (scopeName) => {
      const path = paths.get(scopeName);
      if (path === undefined) return Promise.resolve(null);
      return Promise.resolve({ ...(JSON.parse(readFileSync(path, 'utf8')) as IRawGrammar), scopeName });
    },
    getInjections: (scopeName) =>
      injected.filter(({ injectTo }) => injectTo.includes(scopeName)).map((grammar) => grammar.scopeName),
  });
  const grammar = await registry.loadGrammar('source.yaml');
  if (grammar === null) throw new Error('the base has no source.yaml');
  return grammar;
}

/** All tokens of `text`, line by line as an editor asks for them. */
export function tokenize(grammar: IGrammar, text: string): Token[] {
  let state = textmate.INITIAL;
  return text.split('\n').flatMap((content, line) => {
    const result = grammar.tokenizeLine(content, state);
    state = result.ruleStack;
    return result.tokens.map(({ startIndex, endIndex, scopes }) => ({
      line,
      start: startIndex,
      end: Math.min(endIndex, content.length),
      scopes,
    }));
  });
}
