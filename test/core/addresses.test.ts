import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkspace, endpointsOf, familiesOf } from '../../server/src/core/index';

/** The addresses behind the first Service of a file, each as `ip:port` with what is said about it. */
function addresses(text: string): string[] {
  const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule}: ${String(error)}`));
  workspace.set('file:///w/a.yaml', text);
  const snapshot = workspace.snapshot();
  const service = snapshot.file('file:///w/a.yaml')?.resources.find((resource) => resource.service);
  assert.ok(service?.service);
  return endpointsOf(service, service.service, snapshot.links).addresses.map(
    ({ ip, port, family, ready, serving, terminating, hostname, pod }) =>
      [
        `${ip} ${port ?? '-'} ${family} ${pod ?? '-'}`,
        ready && 'ready',
        serving && 'serving',
        terminating && 'terminating',
        hostname,
      ]
        .filter(Boolean)
        .join(' '),
  );
}

function pod(
  name: string,
  ips: readonly string[],
  more: { meta?: string; spec?: string; ready?: string } = {},
): string {
  return `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: web }${more.meta ?? ''} }
spec: { containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }] }]${more.spec ?? ''} }
status:
  phase: Running
  podIPs: [${ips.map((ip) => `{ ip: '${ip}' }`).join(', ')}]
  conditions: [{ type: Ready, status: '${more.ready ?? 'True'}' }]
`;
}

const service = (spec: string): string => `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }${spec} }
`;

test('a pod with a status is an address on every port that it has', () => {
  const ports =
    ', ports: [{ name: a, port: 80, targetPort: http }, { name: b, port: 81 }, { name: c, port: 82, targetPort: no }]';
  assert.deepEqual(addresses(service(ports) + pod('web-0', ['10.0.0.7'])), [
    '10.0.0.7 8080 IPv4 web-0 ready serving',
    '10.0.0.7 81 IPv4 web-0 ready serving',
  ]);
});

test('readiness, deletion and publishNotReadyAddresses decide what is ready', () => {
  const pods =
    pod('gone', ['10.0.0.1'], { meta: ", deletionTimestamp: '2025-01-01T00:00:00Z'" }) +
    pod('unready', ['10.0.0.2'], { ready: 'False' });
  assert.deepEqual(addresses(service(', ports: [{ port: 80 }]') + pods), [
    '10.0.0.1 80 IPv4 gone serving terminating',
    '10.0.0.2 80 IPv4 unready',
  ]);
  assert.deepEqual(addresses(service(', publishNotReadyAddresses: true, ports: [{ port: 80 }]') + pods), [
    '10.0.0.1 80 IPv4 gone ready serving terminating',
    '10.0.0.2 80 IPv4 unready ready',
  ]);
});

test('pods that ended, have no address yet, or no status at all are no addresses', () => {
  const pods = `${pod('ended', ['10.0.0.1']).replace('Running', 'Succeeded')}${pod('new', [])}---
apiVersion: v1
kind: Pod
metadata: { name: plain, labels: { app: web } }
spec: { containers: [{ name: web }] }
status: {}
`;
  assert.deepEqual(addresses(service(', ports: [{ port: 80 }]') + pods), []);
});

test('the families of the Service choose among the addresses of a pod', () => {
  const both = pod('web-0', ['10.0.0.7', 'FD00:0:0:0::7']);
  const of = (spec: string) =>
    addresses(service(`${spec}, ports: [{ port: 80 }]`) + both).map((row) => row.split(' ')[0]);
  assert.deepEqual(of(', ipFamilies: [IPv6, IPv4]'), ['fd00::7', '10.0.0.7']);
  assert.deepEqual(of(', clusterIP: fd00::1'), ['fd00::7']);
  assert.deepEqual(of(''), ['10.0.0.7']);
  assert.deepEqual(of(', ipFamilyPolicy: PreferDualStack'), ['10.0.0.7', 'fd00::7']);
});

test('a headless Service needs no ports, and publishes the hostnames of pods that name it', () => {
  const pods =
    pod('web-0', ['10.0.0.7'], { spec: ', hostname: zero, subdomain: web' }) +
    pod('web-1', ['10.0.0.8'], { spec: ', hostname: one, subdomain: other' });
  assert.deepEqual(addresses(service(', clusterIP: None') + pods), [
    '10.0.0.7 - IPv4 web-0 ready serving zero',
    '10.0.0.8 - IPv4 web-1 ready serving',
  ]);
});

test('an EndpointSlice serves the ports whose names the Service has', () => {
  const slice = `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: http, port: 8080 }, { name: other, port: 9090 }]
endpoints: [{ addresses: [10.0.0.9], hostname: nine, conditions: { ready: false } }]
`;
  const text = service(', ports: [{ name: http, port: 80 }]').replace('selector: { app: web }, ', '');
  assert.deepEqual(addresses(text + slice), ['10.0.0.9 8080 IPv4 - nine']);
});

test('a Service without families or address may have either family', () => {
  const facts = { ipFamilies: [], clusterIPs: [] } as unknown as Parameters<typeof familiesOf>[0];
  assert.deepEqual(familiesOf(facts), ['IPv4', 'IPv6']);
});
