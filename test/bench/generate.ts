/** A workspace of many applications, the same on every run. */
import type { SourceFile } from '../../server/src/files/files';

export const root = 'file:///bench';

/** `own`: every application has names of its own; `same`: all are called web, each in its own namespace. */
export type Naming = 'own' | 'same';

/** The Service of application `index`, alone in its file; `selector` is the value of its label. */
export function serviceFile(index: number, naming: Naming, selector = nameOf(index, naming)): SourceFile {
  return {
    uri: `${folderOf(index)}/service.yaml`,
    text: `apiVersion: v1
kind: Service
metadata:
  name: ${nameOf(index, naming)}
  namespace: ${namespaceOf(index, naming)}
  labels:
    app.kubernetes.io/part-of: bench
spec:
  selector:
    app: ${selector}
  ports:
    - name: http
      port: 80
      targetPort: http
`,
  };
}

/** Deployment, Service, Ingress and NetworkPolicy of each application, in a folder of their own. */
export function generate(count: number, naming: Naming): SourceFile[] {
  return Array.from({ length: count }, (_, index) => [
    file(index, 'deployment', deployment(nameOf(index, naming), namespaceOf(index, naming))),
    serviceFile(index, naming),
    file(index, 'ingress', ingress(nameOf(index, naming), namespaceOf(index, naming))),
    file(index, 'policy', policy(nameOf(index, naming), namespaceOf(index, naming))),
  ]).flat();
}

export function nameOf(index: number, naming: Naming): string {
  return naming === 'same' ? 'web' : `${words[index % words.length] ?? ''}-${index}`;
}

const words = ['cart', 'catalogue', 'front', 'orders', 'payment', 'search', 'shipping', 'user'];

function namespaceOf(index: number, naming: Naming): string {
  return naming === 'same' ? `app-${index}` : `team-${index % 100}`;
}

function folderOf(index: number): string {
  return `${root}/team-${index % 100}/app-${index}`;
}

function file(index: number, name: string, text: string): SourceFile {
  return { uri: `${folderOf(index)}/${name}.yaml`, text };
}

function deployment(name: string, namespace: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app: ${name}
    app.kubernetes.io/part-of: bench
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
        app.kubernetes.io/part-of: bench
    spec:
      containers:
        - name: main
          image: registry.example.com/${name}:1.0.0
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
`;
}

function ingress(name: string, namespace: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  ingressClassName: nginx
  rules:
    - host: ${name}.${namespace}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  name: http
`;
}

function policy(name: string, namespace: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  podSelector:
    matchLabels:
      app: ${name}
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ingress-nginx
      ports:
        - protocol: TCP
          port: http
`;
}
