/** Small manifests whose names collide often, so that edits change links. */
import { gatewayMakers } from './gateway-world';
import { monitorMakers } from './monitor-world';
import type { Random } from './random';

const names = ['web', 'wbe', 'api', 'backend', 'bakcend'];
const spaces = ['', '', 'shop', 'store'];

/** An address that may lead to one of the Services. */
function address(choose: Random): string {
  const name = choose.of(names);
  return choose.of([
    `http://${name}:80`,
    `http://${name}`,
    `${name}:8080`,
    `${name}.shop:80`,
    `${name}.shpo.svc`,
    `${name}.store.svc.cluster.local:8080`,
    `web-0.${name}:80`,
    `$(${name.toUpperCase()}_SERVICE_HOST)`,
    'http://example.com',
  ]);
}

/** Variables and ConfigMaps of the pods, in a container. */
function told(choose: Random): string {
  return choose.of([
    () => '',
    () =>
      `          env:\n            - { name: A_HOST, value: ${choose.of(names)} }\n            - { name: B, value: '${address(choose)}' }\n`,
    () => `          args: ['--to=${address(choose)}', '${address(choose)},${address(choose)}']\n`,
    () => `          envFrom: [{ configMapRef: { name: ${choose.of(names)} } }]\n`,
    () => `          env: [{ name: C, valueFrom: { configMapKeyRef: { name: ${choose.of(names)}, key: C } } }]\n`,
  ])();
}

/** One file with up to four objects. */
export function world(choose: Random): string {
  return Array.from({ length: 1 + choose.below(4) }, () => choose.of(makers)(choose)).join('---\n');
}

function metadata(choose: Random, name: string): string {
  const namespace = choose.of(spaces);
  return `metadata:\n  name: ${name}\n${namespace ? `  namespace: ${namespace}\n` : ''}`;
}

const makers: readonly ((choose: Random) => string)[] = [
  (choose) => {
    const name = choose.of(names);
    return `apiVersion: v1\nkind: Service\n${metadata(choose, name)}spec:\n  selector:\n    app: ${choose.of(names)}\n${choose.below(3) === 0 ? '    tier: front\n' : ''}  ports:\n    - name: http\n      port: ${choose.of(['80', '8080'])}\n      targetPort: ${choose.of(['http', '8080', 'htpp'])}\n`;
  },
  (choose) => {
    const name = choose.of(names);
    return `apiVersion: apps/v1\nkind: ${choose.of(['Deployment', 'StatefulSet'])}\n${metadata(choose, name)}spec:\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n        tier: ${choose.of(['front', 'back'])}\n    spec:\n      containers:\n        - name: main\n          ports:\n            - name: http\n              containerPort: 8080\n${told(choose)}${choose.below(4) === 0 ? '      enableServiceLinks: false\n' : ''}`;
  },
  (choose) =>
    `apiVersion: v1\nkind: ConfigMap\n${metadata(choose, choose.of(names))}data:\n  C: ${address(choose)}\n  D_HOST: ${choose.of(names)}\n  D_PORT: '80'\n  file: |\n    # http://api\n    to ${address(choose)}\n`,
  (choose) =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${metadata(choose, choose.of(names))}spec:\n  rules:\n    - host: example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: ${choose.of(names)}\n                port:\n                  number: 80\n`,
  (choose) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${metadata(choose, choose.of(names))}spec:\n  podSelector: ${choose.of(['{}', '{ matchLabels: { app: web } }'])}\n`,
  (choose) =>
    `apiVersion: v1\nkind: Endpoints\n${metadata(choose, choose.of(names))}subsets:\n  - addresses: [{ ip: 10.0.0.1 }]\n    ports: [{ name: http, port: 80 }]\n`,
  ...gatewayMakers(names, metadata),
  ...monitorMakers,
];
