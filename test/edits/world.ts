/** Small manifests whose names collide often, so that edits change links. */
import type { Random } from './random';

const names = ['web', 'wbe', 'api', 'backend', 'bakcend'];
const spaces = ['', '', 'shop', 'store'];

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
    return `apiVersion: apps/v1\nkind: ${choose.of(['Deployment', 'StatefulSet'])}\n${metadata(choose, name)}spec:\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n        tier: ${choose.of(['front', 'back'])}\n    spec:\n      containers:\n        - name: main\n          ports:\n            - name: http\n              containerPort: 8080\n`;
  },
  (choose) =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${metadata(choose, choose.of(names))}spec:\n  rules:\n    - host: example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: ${choose.of(names)}\n                port:\n                  number: 80\n`,
  (choose) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${metadata(choose, choose.of(names))}spec:\n  podSelector: ${choose.of(['{}', '{ matchLabels: { app: web } }'])}\n`,
  (choose) =>
    `apiVersion: v1\nkind: Endpoints\n${metadata(choose, choose.of(names))}subsets:\n  - addresses: [{ ip: 10.0.0.1 }]\n    ports: [{ name: http, port: 80 }]\n`,
];
