/** A file of NetworkPolicies for a namespace, from what its manifests show: nothing passes but what routes and addresses need. */
import { folderOf } from '../bundle/directory';
import { chosenKey } from '../keys';
import { networkPolicy } from '../kinds/network-policy';
import type { Links } from '../links';
import type { Resource } from '../resource';
import { policiesFor } from '../rules/shared/policies-from-calls';
import type { Snapshot } from '../workspace';
import { targetAt } from './target';

export interface NewFile {
  readonly title: string;
  readonly uri: string;
  readonly text: string;
}

/** Offered at the name and kind of a workload, a Service or a Namespace; see `policiesBeside`. */
export function createPolicies(snapshot: Snapshot, uri: string, offset: number): NewFile | undefined {
  const target = targetAt(snapshot, uri, offset);
  return target?.type === 'resource' ? policiesBeside(snapshot, target.resource) : undefined;
}

/** For the first object of a file for which it is possible. */
export function createPoliciesFor(snapshot: Snapshot, uri: string): NewFile | undefined {
  for (const resource of snapshot.file(uri)?.resources ?? []) {
    const file = policiesBeside(snapshot, resource);
    if (file) return file;
  }
  return undefined;
}

/**
 * A new file of policies beside that of an object, for all workloads of its namespace that are in the same folder.
 * Undefined where none are, or they have policies already.
 */
function policiesBeside(snapshot: Snapshot, of: Resource): NewFile | undefined {
  const isNamespace = of.kind === 'Namespace' && of.group === '';
  if (of.owned || of.uri !== of.at.uri || (!of.pods && !isNamespace && !of.service)) return undefined;
  const namespace = isNamespace ? of.name : of.namespace;
  const workloads = workloadsNear(of, namespace, snapshot.links);
  if (workloads.length === 0 || workloads.some((workload) => isIsolated(workload, snapshot.links))) return undefined;
  const text = policiesFor(workloads, namespace, snapshot.links, snapshot.settingsOf(of.uri).clusterDomain);
  const where = namespace === undefined ? '' : ` for namespace ${namespace}`;
  return { title: `Create NetworkPolicies from known calls${where}`, uri: freeUri(snapshot, folderOf(of.uri)), text };
}

/** The workloads of a namespace in the file and folder of a resource. */
function workloadsNear(of: Resource, namespace: string | undefined, links: Links): Resource[] {
  return [...links.rings(chosenKey(namespace, 'pods'), of)]
    .filter(({ ring }) => ring <= 1)
    .flatMap(({ resources }) => resources)
    .filter(({ pods, owned, name }) => pods && !owned && !pods.hostNetwork && name !== undefined);
}

function isIsolated(workload: Resource, links: Links): boolean {
  return links.selectedBy(workload, [networkPolicy]).length > 0;
}

function freeUri(snapshot: Snapshot, folder: string): string {
  for (let number = 1; ; number++) {
    const uri = `${folder}/network-policies${number === 1 ? '' : `-${number}`}.yaml`;
    if (!snapshot.file(uri)) return uri;
  }
}
