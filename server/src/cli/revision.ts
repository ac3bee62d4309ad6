/** Manifests as they were in a git revision: the only place where Podpath runs another program, and only when it is asked to. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Call, Options } from './command';
import { UsageError } from './usage-error';

/**
 * Does something with what `place` means: a folder or file, or else a git revision, of which `paths` (all, when there
 * are none) are written to a folder of their own for the time it takes. Throws UsageError when it is neither.
 */
export async function atRevision<T>(
  call: Call,
  place: string,
  paths: readonly string[],
  use: (call: Call) => Promise<T>,
): Promise<T> {
  const { cwd } = call.io;
  if (existsSync(resolve(cwd, place))) return use({ ...call, paths: [place], options: below(place, call.options) });
  const repository = repositoryOf(cwd, paths);
  const within = repository === cwd ? paths : paths.map((path) => resolve(cwd, path));
  const folder = mkdtempSync(join(tmpdir(), 'podpath-'));
  try {
    extract(repository, commitOf(repository, place), within, folder);
    return await use({ ...call, io: { ...call.io, cwd: folder }, paths: ['.'] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same options, with `--bundle` seen from a folder: both sides of a comparison have a bundle of that name. */
function below(folder: string, options: Options): Options {
  return {
    ...options,
    text: (name) => {
      const value = options.text(name);
      return name === 'bundle' && value !== undefined ? join(folder, value) : value;
    },
  };
}

/** Where git is asked: the current folder, or the repository of the first path where that is another one. */
function repositoryOf(cwd: string, [first]: readonly string[]): string {
  if (first === undefined) return cwd;
  // What a revision holds may be gone by now.
  let near = resolve(cwd, first);
  while (!statSync(near, { throwIfNoEntry: false })?.isDirectory() && near !== dirname(near)) near = dirname(near);
  const top = topOf(near);
  return top === undefined || top === topOf(cwd) ? cwd : top;
}

function topOf(folder: string): string | undefined {
  return git(folder, ['rev-parse', '--show-toplevel'])?.toString('utf8').trim();
}

function commitOf(cwd: string, place: string): string {
  const found = git(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${place}^{commit}`]);
  if (!found) throw new UsageError(`${place} is no file or folder, and no git revision`);
  return found.toString('utf8').trim();
}

/** Files that may hold manifests; links are left out. */
const wanted = /\.(?:ya?ml|json|tpl|txt)$|(?:^|\/)(?:kustomization|Kustomization|Chart\.lock|\.helmignore)$/;

function extract(cwd: string, commit: string, paths: readonly string[], folder: string): void {
  const listed = git(cwd, ['ls-tree', '-r', '-z', commit, '--', ...(paths.length > 0 ? paths : ['.'])]);
  if (!listed) throw new UsageError(`git cannot list the files of ${commit}`);
  const blobs = listed
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode = '', id = '', path = ''] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return mode.startsWith('100') && wanted.test(path) && isBelow(path) ? [{ id, path }] : [];
    });
  const contents = git(cwd, ['cat-file', '--batch'], blobs.map(({ id }) => `${id}\n`).join(''));
  if (!contents) throw new UsageError(`git cannot read the files of ${commit}`);
  let at = 0;
  for (const { path } of blobs) {
    const end = contents.indexOf(10, at);
    const size = Number(contents.toString('utf8', at, end).split(' ').at(-1));
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
}

/** A path that stays in the folder it is written to. */
function isBelow(path: string): boolean {
  return !path.startsWith('/') && !path.split(/[\\/]/).includes('..');
}

/** What git prints; undefined when it fails or is not there. */
function git(cwd: string, args: readonly string[], input = ''): Buffer | undefined {
  const { status, stdout } = spawnSync('git', [...args], { cwd, input, maxBuffer: 1 << 30, windowsHide: true });
  return status === 0 ? stdout : undefined;
}
