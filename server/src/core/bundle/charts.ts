/** The folders of the workspace that are Helm charts. */
import { folderOf, foldersOf } from './directory';

export interface Charts {
  /** Takes note of a Chart.yaml that is there or gone. True when the files of its folder are others than before. */
  set(chart: string, isHere: boolean): boolean;
  /** A file of a chart, or of a folder below one. */
  isOwned(uri: string): boolean;
}

export function createCharts(): Charts {
  const folders = new Set<string>();
  return {
    set(chart, isHere) {
      const folder = folderOf(chart);
      if (folders.has(folder) === isHere) return false;
      if (isHere) folders.add(folder);
      else folders.delete(folder);
      return true;
    },
    isOwned: (uri) => folders.size > 0 && foldersOf(uri, '').some((folder) => folders.has(folder)),
  };
}
