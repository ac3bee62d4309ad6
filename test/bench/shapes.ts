/** How reading and judging grows with workspaces of other shapes: everything in one file, or in one folder. */
import type { SourceFile } from '../../server/src/files/files';
import type { Naming } from './generate';
import { generate, root } from './generate';
import { loaded } from './measure';

/** `file`: all applications in one file; `folder`: each resource in a file of its own, all in one folder. */
export type Shape = 'file' | 'folder';

/** Milliseconds of processor time from texts to findings. */
export function shapeTime(count: number, naming: Naming, shape: Shape): number {
  const files = shaped(generate(count, naming), shape);
  const start = process.cpuUsage();
  loaded(root, files);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function shaped(files: readonly SourceFile[], shape: Shape): readonly SourceFile[] {
  if (shape === 'file') return [{ uri: `${root}/all.yaml`, text: files.map(({ text }) => text).join('---\n') }];
  return files.map(({ text }, index) => ({ uri: `${root}/file-${index}.yaml`, text }));
}
