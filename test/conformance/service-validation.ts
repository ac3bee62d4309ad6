/** Services against the API server's validation, and the rules that its allocators hold. */
import type { Case, Family, Outcome } from './family';
import { compare } from './family';
import type { FieldError } from './objects';
import { worldOf, worldOfObjects } from './objects';

/** The allocators run after validation and know the cluster's ranges; the group `rules` asks for them. */
const allocators = ['node-port-out-of-range', 'cluster-ip-outside-range'];

/** Errors that show only because a test leaves out what the API server fills in say nothing about a manifest. */
function service(item: Case): Outcome {
  const errors = item['defaultedByApiserver'] === true ? [] : (item['errors'] as readonly FieldError[]);
  const refused = worldOfObjects([item['object']]).findings.filter(
    ({ level, rule }) => level === 'error' && !allocators.includes(rule),
  );
  const paths = refused.map(({ path }) => path ?? '');
  const named = errors.every(({ field }) => paths.some((path) => names(path, field)));
  const accepted = item['defaultedByApiserver'] === true || item['numErrs'] === 0;
  const want = { accepted, fields: errors.map(({ field }) => field) };
  const got = { accepted: paths.length === 0, fields: paths };
  return { agree: want.accepted === got.accepted && named, want, got };
}

/**
 * The API server wrote `spec.LoadBalancerSourceRanges` in some versions, and named the list or its item. Both mean the
 * place that we name.
 */
function names(path: string, field: string): boolean {
  const [ours, theirs] = [path.toLowerCase(), field.toLowerCase()];
  return ours === theirs || ours.startsWith(`${theirs}[`);
}

const meta = 'apiVersion: v1\nkind: Service\nmetadata:';
const serviceOf = (name: string, spec: string) => `${meta} { name: ${name}, namespace: shop }\nspec: ${spec}\n`;
const both = (spec: string) => `${serviceOf('web', spec)}---\n${serviceOf('api', spec)}`;

/** The wrong manifest that each rule speaks of, the finding it wants there, and whether an update alone shows it. */
const manifests: Readonly<Record<string, { readonly text: string; readonly rule: string }>> = {
  'clusterip-already-allocated': {
    text: both('{ clusterIP: 10.96.0.10, ports: [{ port: 80 }] }'),
    rule: 'cluster-ip-conflict',
  },
  'clusterip-out-of-range': {
    text: `apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: { name: kubernetes }\nspec: { cidrs: [10.96.0.0/12] }\n---\n${serviceOf('web', '{ clusterIP: 192.168.1.1, ports: [{ port: 80 }] }')}`,
    rule: 'cluster-ip-outside-range',
  },
  'nodeport-already-allocated': {
    text: both('{ type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }'),
    rule: 'node-port-conflict',
  },
  'nodeport-out-of-range': {
    text: serviceOf('web', '{ type: NodePort, ports: [{ port: 80, nodePort: 8080 }] }'),
    rule: 'node-port-out-of-range',
  },
  'externalname-required': { text: serviceOf('web', '{ type: ExternalName }'), rule: 'invalid-service' },
  'externalname-not-an-ip': {
    text: serviceOf('web', '{ type: ExternalName, externalName: 192.0.2.1 }'),
    rule: 'external-name-misuse',
  },
  'sessionaffinity-values': {
    text: serviceOf('web', '{ sessionAffinity: Cookie, ports: [{ port: 80 }] }'),
    rule: 'invalid-service',
  },
};

function rule(item: Case): Outcome {
  const severity = String(item['severity']);
  if (severity.includes('update')) return { notApplicable: 'only a change of a stored object is refused' };
  const manifest = manifests[String(item['rule'])];
  if (!manifest) return { notApplicable: 'the case gives no object' };
  const { findings } = worldOf({ 'service.yaml': manifest.text });
  const found = findings.filter((finding) => finding.rule === manifest.rule).map(({ level }) => level);
  const others = findings.filter(({ level, rule: id }) => level === 'error' && id !== manifest.rule);
  return compare(
    { [manifest.rule]: severity, others: 0 },
    { [manifest.rule]: found.includes('error') ? 'error' : found[0], others: others.length },
  );
}

export const serviceValidation: Family = {
  family: 'service-validation',
  groups: ['service', 'rules'],
  run: (item) => (item.group === 'service' ? service(item) : rule(item)),
};
