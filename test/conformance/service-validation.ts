/** Services against the API server's validation, and the rules that its allocators hold. */
import type { Finding } from '../../server/src/core/index';
import type { Case, Family, Outcome } from './family';
import { compare } from './family';
import type { FieldError } from './objects';
import { worldOf, worldOfObjects } from './objects';

/** The allocators run after validation and know the cluster's ranges; the group `rules` asks for them. */
const allocators = ['node-port-out-of-range', 'cluster-ip-outside-range'];

/** The allocator of addresses also refuses two families in a single stack, which it takes for granted where none is written. */
function isOfAllocator({ rule, path, message }: Finding): boolean {
  const isSingle =
    path === 'spec.ipFamilyPolicy' &&
    message.some((part) => typeof part === 'string' && part.includes('two IP families'));
  return allocators.includes(rule) || isSingle;
}

/** Errors that show only because a test leaves out what the API server fills in say nothing about a manifest. */
function service(item: Case): Outcome {
  const errors = item['defaultedByApiserver'] === true ? [] : (item['errors'] as readonly FieldError[]);
  const refused = worldOfObjects([item['object']]).findings.filter(
    (finding) => finding.level === 'error' && !isOfAllocator(finding),
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

const serviceOf = (name: string, spec: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n`;
const both = (spec: string) => `${serviceOf('web', spec)}---\n${serviceOf('api', spec)}`;
const withRange = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: { name: kubernetes }\nspec: { cidrs: [10.96.0.0/12] }\n---\n${serviceOf('web', spec)}`;

interface Wrong {
  /** What the API server says, as far as it does not depend on the object. */
  readonly error: RegExp;
  /** A manifest of which it says so. */
  readonly text: string;
  /** The rule that finds it here. */
  readonly rule: string;
}

/** The cases of `rules` are sentences; these are the manifests they speak of, found by the words of the API server. */
const manifests: readonly Wrong[] = [
  {
    error: /provided IP is already allocated/,
    text: both('{ clusterIP: 10.96.0.10, ports: [{ port: 80 }] }'),
    rule: 'cluster-ip-conflict',
  },
  {
    error: /provided IP \(.*\) is not in the valid range|range of valid IPs/,
    text: withRange('{ clusterIP: 192.168.1.1, ports: [{ port: 80 }] }'),
    rule: 'cluster-ip-outside-range',
  },
  {
    error: /provided port is already allocated/,
    text: both('{ type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }'),
    rule: 'node-port-conflict',
  },
  {
    error: /provided port is not in the valid range|range of valid ports/,
    text: serviceOf('web', '{ type: NodePort, ports: [{ port: 80, nodePort: 8080 }] }'),
    rule: 'node-port-out-of-range',
  },
  { error: /spec\.ports: Required/, text: serviceOf('web', '{ selector: { app: web } }'), rule: 'invalid-service' },
  {
    error: /spec\.ports\[\d+\]\.name: Required/,
    text: serviceOf('web', '{ ports: [{ port: 80 }, { name: https, port: 443 }] }'),
    rule: 'invalid-service',
  },
  {
    error: /spec\.ports\[\d+\](?:\.\w+)?: Duplicate/,
    text: serviceOf('web', '{ ports: [{ name: http, port: 80 }, { name: http, port: 80 }] }'),
    rule: 'invalid-service',
  },
  {
    error: /may not be used when `?type`? is 'ClusterIP'/,
    text: serviceOf('web', '{ ports: [{ port: 80, nodePort: 30080 }] }'),
    rule: 'invalid-service',
  },
  {
    error: /spec\.externalName: Required/,
    text: serviceOf('web', '{ type: ExternalName }'),
    rule: 'invalid-service',
  },
  {
    error: /\(accepted: digits and dots/,
    text: serviceOf('web', '{ type: ExternalName, externalName: 192.0.2.1 }'),
    rule: 'external-name-misuse',
  },
  {
    error: /supported values: "ClientIP", "None"/,
    text: serviceOf('web', '{ sessionAffinity: Cookie, ports: [{ port: 80 }] }'),
    rule: 'invalid-service',
  },
  {
    error: /supported values: "SCTP", "TCP", "UDP"/,
    text: serviceOf('web', '{ ports: [{ port: 80, protocol: HTTP }] }'),
    rule: 'invalid-service',
  },
  {
    error: /must be between 1 and 65535/,
    text: serviceOf('web', '{ ports: [{ port: 0 }] }'),
    rule: 'invalid-service',
  },
  {
    error: /may not be set to 'None' for (?:LoadBalancer|NodePort)/,
    text: serviceOf('web', '{ type: LoadBalancer, clusterIP: None, ports: [{ port: 80 }] }'),
    rule: 'invalid-service',
  },
  {
    error: /may only be set for externally-accessible services/,
    text: serviceOf('web', '{ externalTrafficPolicy: Local, ports: [{ port: 80 }] }'),
    rule: 'invalid-service',
  },
  {
    error: /a DNS-1035 label must consist of/,
    text: serviceOf('2048', '{ ports: [{ port: 80 }] }').replace('2048', '"2048"'),
    rule: 'invalid-name',
  },
];

function rule(item: Case): Outcome {
  const severity = String(item['severity']);
  if (severity.includes('update')) return { notApplicable: 'only a change of a stored object is refused' };
  const wrong = manifests.find(({ error }) => error.test(String(item['errorText'])));
  if (!wrong) return { notApplicable: 'the case gives no object' };
  const { findings } = worldOf({ 'service.yaml': wrong.text });
  const levels = new Set(findings.filter((finding) => finding.rule === wrong.rule).map(({ level }) => level));
  const others = findings.filter(({ level, rule: id }) => level === 'error' && id !== wrong.rule);
  return compare({ [wrong.rule]: [severity], others: 0 }, { [wrong.rule]: [...levels], others: others.length });
}

export const serviceValidation: Family = {
  family: 'service-validation',
  groups: ['service', 'rules'],
  run: (item) => (item.group === 'service' ? service(item) : rule(item)),
};
