/** `podpath endpoints` as a process. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { EndpointsReport } from '../../server/src/cli/endpoints-report';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

const files = {
  'k8s/svc.yaml': service('web', 'app: web', ', namespace: shop').replace(
    'targetPort: http',
    'targetPort: http, nodePort: 30080',
  ),
  'k8s/web.yaml': deployment('web', 'app: web', ', namespace: shop'),
  'k8s/others.yaml': `${service('loose', 'app: loose')}---
${deployment('loose', 'app: loose', ', namespace: default').replace('containerPort: 8080', 'containerPort: 8081')}---
${service('lost', 'app: nobody')}---
${service('typo', 'app: loose').replace('targetPort: http', 'targetPort: htpp')}---
apiVersion: v1
kind: Service
metadata: { name: number }
spec: { clusterIP: None, selector: { app: loose }, ports: [{ port: 9090 }] }
---
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { type: ExternalName, externalName: db.example.com }
---
apiVersion: v1
kind: Service
metadata: { name: manual }
spec: { ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: manual }
subsets: [{ addresses: [{ ip: 10.0.0.7 }], ports: [{ port: 5432 }] }]
`,
};

describe('podpath endpoints', () => {
  let folder: ReturnType<typeof folderOf>;
  const json = (...args: string[]) => {
    const { out, messages, code } = podpath(folder.path, ['endpoints', '--format', 'json', ...args]);
    assert.deepEqual([messages, code], ['', 0]);
    return (JSON.parse(out) as EndpointsReport).services;
  };
  before(async () => {
    await bundle();
    folder = folderOf(files);
  });
  after(() => folder.remove());

  test('JSON is the contract', () => {
    assert.deepEqual(json('k8s/svc.yaml'), [
      {
        namespace: 'shop',
        name: 'web',
        type: 'ClusterIP',
        headless: false,
        file: 'k8s/svc.yaml',
        line: 1,
        bundle: '.',
        state: 'resolved',
        dnsNames: ['web.shop.svc.cluster.local'],
        ports: [
          {
            name: 'http',
            port: 80,
            protocol: 'TCP',
            targetPort: 'http',
            nodePort: 30080,
            backends: [
              {
                kind: 'Deployment',
                namespace: 'shop',
                name: 'web',
                replicas: 3,
                container: 'main',
                port: 8080,
                declared: true,
                file: 'k8s/web.yaml',
                line: 1,
              },
            ],
          },
        ],
        addresses: [],
        externalName: null,
      },
    ]);
  });

  test('each state', () => {
    const states = json().map(({ name, state }) => `${name} ${state}`);
    assert.deepEqual(states, [
      'loose resolved',
      'lost no-match',
      'typo partial',
      'number resolved',
      'outside external-name',
      'manual no-selector',
      'web resolved',
    ]);
  });

  test('a number that no container declares leads to the pod all the same', () => {
    const number = json().find(({ name }) => name === 'number');
    const [backend] = number?.ports[0]?.backends ?? [];
    assert.deepEqual(
      [number?.headless, backend?.port, backend?.declared, backend?.container],
      [true, 9090, false, null],
    );
  });

  test('addresses made by hand, external names', () => {
    const services = json();
    assert.equal(services.find(({ name }) => name === 'outside')?.externalName, 'db.example.com');
    assert.deepEqual(services.find(({ name }) => name === 'manual')?.addresses, [
      {
        ip: '10.0.0.7',
        port: 5432,
        ready: true,
        serving: true,
        terminating: false,
        family: 'IPv4',
        pod: null,
        hostname: null,
      },
    ]);
  });

  test('a Service for one pod of a StatefulSet', () => {
    const one = folderOf({
      'all.yaml': `${deployment('db', 'app: db').replace('Deployment', 'StatefulSet')}---
${service('first', 'statefulset.kubernetes.io/pod-name: db-0')}`,
    });
    const { out } = podpath(one.path, ['endpoints']);
    one.remove();
    assert.match(out, /StatefulSet db ×1 :8080/);
  });

  test('addresses that get no new connections', () => {
    const one = folderOf({
      'all.yaml': `apiVersion: v1
kind: Service
metadata: { name: erp }
spec: { ports: [{ port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: erp-1, labels: { kubernetes.io/service-name: erp } }
addressType: IPv4
ports: [{ port: 8080 }]
endpoints:
  - { addresses: [10.0.0.1] }
  - { addresses: [10.0.0.2], conditions: { ready: false } }
  - { addresses: [10.0.0.3], conditions: { ready: false, serving: true, terminating: true } }
  - { addresses: [10.0.0.4], conditions: { ready: false, serving: false, terminating: true } }
`,
    });
    const { out } = podpath(one.path, ['endpoints']);
    one.remove();
    assert.deepEqual(
      out.split('\n').map((line) => line.slice('NAMESPACE  SERVICE  PORT    '.length).split(/ {2,}/)[0]),
      [
        'LEADS TO',
        '10.0.0.1:8080',
        '10.0.0.2:8080, not ready',
        '10.0.0.3:8080, terminating',
        '10.0.0.4:8080, terminating, not serving',
        '',
      ],
    );
  });

  test('unset is the namespace of -n, else default', () => {
    assert.equal(json('-n', 'other').find(({ name }) => name === 'loose')?.state, 'no-match');
    assert.deepEqual(json('-n', 'shop').find(({ name }) => name === 'lost')?.dnsNames, ['lost.shop.svc.cluster.local']);
  });

  test('the table', () => {
    assert.equal(
      podpath(folder.path, ['endpoints']).out,
      `NAMESPACE  SERVICE  PORT         LEADS TO                   CONTAINER     WHERE
default    loose    http 80/TCP  Deployment loose ×3 :8081  main          k8s/others.yaml:1
default    lost     http 80/TCP  no pod here                              k8s/others.yaml:24
default    typo     http 80/TCP  no pod has a port htpp                   k8s/others.yaml:33
default    number   9090/TCP     Deployment loose ×3 :9090  not declared  k8s/others.yaml:42
default    outside               db.example.com                           k8s/others.yaml:47
default    manual   5432/TCP     10.0.0.7:5432                            k8s/others.yaml:52
shop       web      http 80/TCP  Deployment web ×3 :8080    main          k8s/svc.yaml:1
`,
    );
  });
});
