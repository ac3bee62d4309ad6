/** Small manifests of the Gateway API, for the worlds that are edited at random. */
import type { Random } from './random';

type Metadata = (choose: Random, name: string) => string;

const group = 'gateway.networking.k8s.io';

function namespaces(choose: Random): string {
  return choose.of([
    '',
    ', allowedRoutes: { namespaces: { from: All } }',
    ', allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: a } } } }',
    ', allowedRoutes: { kinds: [{ kind: GRPCRoute }] }',
  ]);
}

function listeners(choose: Random): string {
  const listener = (name: string) =>
    `    - { name: ${name}, port: ${choose.of(['80', '8080'])}, protocol: ${choose.of(['HTTP', 'TCP'])}${choose.of(['', ', hostname: "*.example.com"'])}${namespaces(choose)} }\n`;
  return `  listeners:\n${listener('web')}${choose.below(2) === 0 ? listener('api') : ''}`;
}

function reference(choose: Random, names: readonly string[], more: string): string {
  return `{ name: ${choose.of(names)}${choose.of(['', '', ', namespace: shop', ', namespace: store'])}${more} }`;
}

/** Makers of one document each. */
export function gatewayMakers(names: readonly string[], metadata: Metadata): readonly ((choose: Random) => string)[] {
  return [
    (choose) =>
      `apiVersion: ${group}/v1\nkind: Gateway\n${metadata(choose, choose.of(names))}spec:\n  gatewayClassName: example\n${choose.of(['', '  allowedListeners: { namespaces: { from: Same } }\n'])}${listeners(choose)}`,
    (choose) =>
      `apiVersion: ${group}/v1\nkind: ListenerSet\n${metadata(choose, choose.of(names))}spec:\n  parentRef: ${reference(choose, names, '')}\n${listeners(choose)}`,
    (choose) =>
      `apiVersion: ${group}/v1\nkind: HTTPRoute\n${metadata(choose, choose.of(names))}spec:\n  parentRefs: [${reference(choose, names, choose.of(['', ', sectionName: web', ', port: 80', ', kind: ListenerSet']))}]\n${choose.of(['', '  hostnames: [a.example.com, b.example.org]\n'])}  rules:\n    - backendRefs: [${reference(choose, names, ', port: 80')}]\n`,
    (choose) =>
      `apiVersion: ${group}/v1beta1\nkind: ReferenceGrant\n${metadata(choose, choose.of(names))}spec:\n  from: [{ group: ${group}, kind: HTTPRoute, namespace: ${choose.of(['shop', 'store'])} }]\n  to: [{ group: "", kind: Service }]\n`,
    (choose) =>
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${choose.of(['shop', 'store'])}, labels: { team: ${choose.of(['a', 'b'])} } }\n`,
  ];
}
