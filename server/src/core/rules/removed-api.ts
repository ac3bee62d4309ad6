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
  *document(document, file, { kubernetesVersion, gatewayApiVersion }) {
    for (const read of document.reads) {
      const { apiVersion, kind } = read.resource;
      const old = tableOf(read.resource)?.oldApis?.find((item) => item.apiVersion === apiVersion);
      const release = old?.releasedBy === 'Gateway API' ? gatewayApiVersion : kubernetesVersion;
      if (!old || isBefore(release, old.deprecatedIn)) continue;
      yield {
        ...draft(old, kind, release),
        at: read.resource.names.apiVersion.origin,
        path: 'apiVersion',
        resource: read.resource,
        fixes: fix(read, old, file.text),
      };
    }
  },
});

function draft(
  { apiVersion, removedIn, replacement, releasedBy }: OldApi,
  kind: string,
  release: string,
): Pick<Draft, 'level' | 'message'> {
  const project = releasedBy ?? 'Kubernetes';
  return isBefore(release, removedIn)
    ? {
        level: 'warning',
        message: say`${kind} of ${apiVersion} is deprecated and not served from ${project} ${removedIn} on; write it for ${replacement}`,
      }
    : {
        level: 'error',
        message: say`${kind} of ${apiVersion} is not served since ${project} ${removedIn}; write it for ${replacement}`,
      };
}

/** True when release `a` is older than `b`. */
function isBefore(a: string, b: string): boolean {
  return numberOf(a) < numberOf(b);
}

/** `1.22` as a number that orders releases; no release has a thousand minors. */
function numberOf(release: string): number {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major * 1000 + minor;
}

function fix(read: ReadResource, { replacement }: OldApi, text: string): Fix[] {
  const written = read.resource.names.apiVersion;
  const more = rewrites(read, text);
  return more && written.origin.verbatim
    ? [
        {
          title: `Rewrite for ${replacement}`,
          safe: true,
          edits: [{ at: written.origin, newText: requote(written, replacement) }, ...more],
        },
      ]
    : [];
}
