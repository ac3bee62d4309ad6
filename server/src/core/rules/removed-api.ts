import type { Draft, Fix } from '../finding';
import { say } from '../finding';
import type { OldApi } from '../kinds/define';
import type { ReadResource } from '../kinds/read';
import { tableOf } from '../kinds/table';
import { defineRule } from './define';
import { rewrites } from './rewrites/index';
import { requote } from './shared/words';

/** Versions of an API that the cluster no longer serves, or soon will not. */
export const removedApi = defineRule({
  id: 'removed-api',
  summary: 'An object is written for a version of its API that is gone',
  levels: ['error', 'warning'],
  *document(document, file, { kubernetesVersion }) {
    for (const read of document.reads) {
      const { apiVersion, kind } = read.resource;
      const old = tableOf(read.resource)?.oldApis?.find((item) => item.apiVersion === apiVersion);
      if (!old || minor(kubernetesVersion) < minor(old.deprecatedIn)) continue;
      yield {
        ...draft(old, kind, kubernetesVersion),
        at: read.resource.names.apiVersion.origin,
        path: 'apiVersion',
        resource: read.resource,
        fixes: fix(read, old, file.text),
      };
    }
  },
});

function draft(
  { apiVersion, removedIn, replacement }: OldApi,
  kind: string,
  version: string,
): Pick<Draft, 'level' | 'message'> {
  return minor(version) >= minor(removedIn)
    ? {
        level: 'error',
        message: say`${kind} of ${apiVersion} is not served since Kubernetes ${removedIn}; write it for ${replacement}`,
      }
    : {
        level: 'warning',
        message: say`${kind} of ${apiVersion} is deprecated and not served from Kubernetes ${removedIn} on; write it for ${replacement}`,
      };
}

/** `1.22` as 22: there is no second major version. */
function minor(version: string): number {
  return Number(version.split('.')[1] ?? 0);
}

function fix(read: ReadResource, { replacement }: OldApi, text: string): Fix[] {
  const written = read.resource.names.apiVersion;
  const more = rewrites(read, text);
  return more && written.origin.verbatim
    ? [
        {
          title: `Rewrite for ${replacement}`,
          edits: [{ at: written.origin, newText: requote(written, replacement) }, ...more],
        },
      ]
    : [];
}
