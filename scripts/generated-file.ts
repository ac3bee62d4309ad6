/** Writes generated files; with `--check` it only compares, and says what is stale. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const isCheck = process.argv.includes('--check');

/** Writes a file whose content has changed. With `--check` a stale file makes the process fail. */
export function put(path: string, content: string): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (before === content) return;
  if (isCheck) {
    console.error(`stale, run npm run generate: ${path}`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(`wrote ${path}`);
}
