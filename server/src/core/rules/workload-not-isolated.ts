import type { Draft, Fix } from '../finding';
import { list, say } from '../finding';
import { pluginPolicyKey } from '../keys';
import { networkPolicy } from '../kinds/network-policy';
import type { Links } from '../links';
import { namespacesAgree } from '../links';
import { policiesAbout } from '../network/policy/about';
import type { Resource } from '../resource';
import { flatten } from '../rings';
import type { Settings } from '../settings';
import { columnOf } from '../text';
import { defineRule } from './define';
import { policyAlone } from './shared/policies-from-calls';
import { inNamespace, kindAndName, mention, named } from './shared/words';

/** In a namespace where policies are kept, a workload that none selects is open to everybody. */
export const workloadNotIsolated = defineRule({
  id: 'workload-not-isolated',
  summary: 'No policy selects a workload in a namespace that has policies (off unless its level is set)',
  levels: ['hint'],
  about: ['pods'],
  *linked(resource, links, settings) {
    const { pods } = resource;
    if (!pods || pods.hostNetwork || pods.finished || resource.owned || resource.name === undefined) return;
    // Few have no policy, and only for them all policies are gone through.
    if (policiesAbout(links, resource).length > 0) return;
    const beside = policiesOf(resource, links).filter(
      (policy) => namespacesAgree(policy.namespace, resource.namespace) === 'yes',
    );
    if (beside.length === 0 || hasPluginPolicies(resource, links)) return;
    yield draft(resource, beside, links, settings);
  },
});

const known = new WeakMap<Links, Map<string, readonly Resource[]>>();

/** The policies of a workspace, once for all workloads of a file. */
function policiesOf(from: Resource, links: Links): readonly Resource[] {
  const files = known.get(links) ?? new Map<string, readonly Resource[]>();
  known.set(links, files);
  const found = files.get(from.uri) ?? links.all(from, networkPolicy).filter((policy) => !policy.owned);
  files.set(from.uri, found);
  return found;
}

/** Policies of Cilium, Calico and others isolate too. */
function hasPluginPolicies(workload: Resource, links: Links): boolean {
  return flatten(links.rings(pluginPolicyKey, workload)).some(
    ({ namespace }) => namespace === undefined || namespacesAgree(namespace, workload.namespace) !== 'no',
  );
}

function draft(workload: Resource, beside: readonly Resource[], links: Links, { clusterDomain }: Settings): Draft {
  const shown = beside.slice(0, 2);
  return {
    level: 'hint',
    at: workload.nameAt,
    path: 'metadata.name',
    message: say`no policy selects the pods of ${kindAndName(workload)}, so they are open to everybody, while ${list(shown.map(named))} ${inNamespace(workload)} ${shown.length === 1 ? 'isolates' : 'isolate'} others`,
    related: shown.map(mention),
    fixes: create(workload, links, clusterDomain),
  };
}

/** Adds a policy for what is known to be needed behind the document of the workload. */
function create(workload: Resource, links: Links, domain: string): Fix[] {
  const text = links.text(workload);
  const { uri, start, end } = workload.at;
  const names = new Set(policiesOf(workload, links).map(({ name }) => name ?? ''));
  const policy = policyAlone(workload, names, links, domain);
  if (policy === undefined || text[start] === '{' || columnOf(text, start) > 0 || uri !== workload.uri) return [];
  const at = start + text.slice(start, end).trimEnd().length;
  const edit = {
    at: { uri, start: at, end: at },
    newText: `\n---\n${policy.trimEnd()}${at === text.length ? '\n' : ''}`,
  };
  return [{ title: 'Create a NetworkPolicy from known calls', edits: [edit] }];
}
