// The licenses of what is bundled; they ask to go with every copy.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One text with the license of every npm package among these input paths of esbuild. Throws for a package without one. */
export function notices(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e\b/i.test(each));
    if (!file) throw new Error(`${name} ${version} (${license}) has no license file`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}
