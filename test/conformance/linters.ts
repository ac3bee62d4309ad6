/** What kube-linter and kube-score say about a manifest, against those of our rules that ask the same question. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case, Family, Outcome } from './family';
import { worldOf } from './objects';

/** A check of another linter and the rules that answer its question. */
interface Check {
  readonly rules: readonly string[];
  /** Expected findings that we leave out on purpose. */
  readonly except?: { readonly message: RegExp; readonly reason: string };
  /** The Kubernetes version the linter takes when its user names none, and the one its tests configure. */
  readonly versions?: { readonly usual: string; readonly configured: string };
}

const probe: Check = {
  rules: ['probe-port-unresolved'],
  except: {
    message: /port \d+ for the/,
    reason: 'a container port is information only: a probe of a number that is not declared works',
  },
};

const checks: Readonly<Record<string, Check>> = {
  'dangling-horizontalpodautoscaler': { rules: ['autoscaler-target'] },
  'dangling-ingress': { rules: ['ingress-service-unresolved', 'ingress-port-unresolved'] },
  'dangling-networkpolicy': { rules: ['policy-selects-nothing'] },
  'dangling-networkpolicypeer-podselector': { rules: ['policy-peer-matches-nothing'] },
  'dangling-service': { rules: ['service-selector-matches-nothing', 'service-no-endpoints'] },
  'dangling-servicemonitor': { rules: ['monitor-unresolved'] },
  'invalid-target-ports': { rules: ['invalid-name', 'invalid-service', 'invalid-pod-ports'] },
  'liveness-port': probe,
  'readiness-port': probe,
  'startup-port': probe,
  'mismatching-selector': { rules: ['workload-selector-mismatch'] },
  'no-extensions-v1beta': { rules: ['removed-api'] },
  'Container Ports Check': { rules: ['invalid-pod-ports', 'invalid-name'] },
  'Deployment Pod Selector labels match template metadata labels': { rules: ['workload-selector-mismatch'] },
  'HorizontalPodAutoscaler has target': { rules: ['autoscaler-target'] },
  'Ingress targets Service': { rules: ['ingress-service-unresolved', 'ingress-port-unresolved'] },
  'Label values': { rules: ['invalid-label'] },
  'NetworkPolicy targets Pod': { rules: ['policy-selects-nothing'] },
  'Service Targets Pod': { rules: ['service-selector-matches-nothing'] },
  'Stable version': { rules: ['removed-api'], versions: { usual: '1.18', configured: '1.21' } },
  'StatefulSet Pod Selector labels match template metadata labels': { rules: ['workload-selector-mismatch'] },
  'StatefulSet has ServiceName': { rules: ['statefulset-service'] },
};

const notApplicable: Readonly<Record<string, string>> = {
  'Deployment Replicas': 'how many replicas a workload should have is a matter of taste',
  'Deployment Strategy': 'how a workload is rolled out is not about its network',
  'Deployment has PodDisruptionBudget': 'a workload without a budget is no mistake',
  'StatefulSet has PodDisruptionBudget': 'a workload without a budget is no mistake',
  'Deployment has host PodAntiAffinity': 'where pods are placed is not about their network',
  'StatefulSet has host PodAntiAffinity': 'where pods are placed is not about their network',
  'Deployment targeted by HPA does not have replicas configured': 'replicas are not about the network',
  'PodDisruptionBudget has policy': 'how many pods may be down is not about the network',
  'Pod NetworkPolicy': 'a pod without policies for both directions is no mistake',
  'Pod Probes': 'a pod without probes is no mistake',
  'Pod Probes Identical': 'equal probes are not about the network',
  'Pod Topology Spread Constraints': 'where pods are placed is not about their network',
  'Service Type': 'a NodePort Service is no mistake',
  'non-existent-service-account': 'service accounts are not about the network',
  'non-isolated-pod': 'a pod without policies is no mistake',
  'pdb-min-available': 'how many pods may be down is not about the network',
  'ssh-port': 'port 22 is no mistake',
  'use-namespace': 'the default namespace is no mistake',
};

interface Expected {
  readonly findings?: readonly { readonly kind: string; readonly message: string }[];
  readonly count?: number;
  readonly grade?: string;
}

/** kube-linter names the kind of each finding; kube-score grades the whole manifest. */
function run(item: Case, folder: string): Outcome {
  const name = String(item['check']);
  const check = checks[name];
  if (!check) return { notApplicable: `${notApplicable[name] ?? 'outside of our field'} (${name})` };
  const { versions, except } = check;
  const settings = versions && { kubernetesVersion: item['configured'] ? versions.configured : versions.usual };
  const text = readFileSync(join(folder, String(item['manifest'])), 'utf8');
  const findings = worldOf({ 'main.yaml': text }, settings).findings.filter(({ rule }) => check.rules.includes(rule));
  const objects = [...new Set(findings.flatMap(({ resource }) => resource ?? []))];
  const expected = item['expected'] as Expected;
  if (expected.findings === undefined) {
    const reports = expected.grade !== undefined && expected.grade !== 'AllOK';
    return { agree: reports === findings.length > 0, want: expected, got: findings.map(({ rule }) => rule) };
  }
  const wanted = expected.findings.filter(({ message }) => !except?.message.test(message));
  const count = (kinds: readonly string[], kind: string) => kinds.filter((other) => other === kind).length;
  const [want, got] = [wanted.map(({ kind }) => kind), objects.map(({ kind }) => kind)];
  // The linter may report one object several times; then we report it too, and never more objects than it does.
  const agree =
    new Set([...want, ...got]).size === new Set(want).size &&
    want.every((kind) => count(got, kind) > 0 && count(got, kind) <= Math.max(count(want, kind), missing(expected)));
  return { agree, want, got };
}

/** A case may hold fewer findings than it counts. */
function missing({ count = 0, findings = [] }: Expected): number {
  return count > findings.length ? count : 0;
}

export const linters: Family = { family: 'linters', notApplicable, run };
