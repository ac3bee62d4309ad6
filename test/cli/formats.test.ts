/** SARIF, the pictures of the topology, and the help, as processes. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TopologyReport } from '../../server/src/cli/topology-report';
import { allRules } from '../../server/src/core/index';
import { bundle, deployment, folderOf, podpath, service } from './podpath';

const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front, namespace: shop }
spec:
  rules:
    - host: example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
          - { path: /b, pathType: Prefix, backend: { service: { name: 'we"b', port: { number: 80 } } } }
`;

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri: string }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly unknown[];
      readonly relatedLocations?: readonly unknown[];
      readonly fixes?: readonly unknown[];
    }[];
  }[];
}

describe('formats', () => {
  let folder: ReturnType<typeof folderOf>;
  before(async () => {
    await bundle();
    folder = folderOf({
      'a b/svc.yaml': service('web', 'app: wbe', ', namespace: shop'),
      'a b/web.yaml': deployment('web', 'app: web', ', namespace: shop'),
      'a b/ingress.yaml': ingress,
    });
  });
  after(() => folder.remove());

  test('SARIF has true ranges, rules with pages, related places and fixes', () => {
    const { out } = podpath(folder.path, ['check', '--format', 'sarif']);
    const { version, runs } = JSON.parse(out) as Sarif;
    const rules = runs[0]?.tool.driver.rules ?? [];
    assert.equal(version, '2.1.0');
    assert.deepEqual(
      rules.map(({ id }) => id),
      allRules.map(({ id }) => id),
    );
    const result = runs[0]?.results.find(({ ruleId }) => ruleId === 'service-selector-matches-nothing');
    assert.equal(rules[result?.ruleIndex ?? -1]?.id, 'service-selector-matches-nothing');
    assert.match(rules[0]?.helpUri ?? '', /^https:.*\.md$/);
    const region = { startLine: 6, startColumn: 10, endLine: 6, endColumn: 13 };
    const artifactLocation = { uri: 'a%20b/svc.yaml' };
    assert.equal(result?.level, 'warning');
    assert.deepEqual(result.locations, [{ physicalLocation: { artifactLocation, region } }]);
    assert.equal(result.relatedLocations?.length, 1);
    assert.deepEqual(result.fixes, [
      {
        description: { text: 'Change to app=web' },
        artifactChanges: [
          { artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: 'web' } }] },
        ],
      },
    ]);
  });

  test('topology JSON has nodes, edges, problems and placeholders', () => {
    const { out } = podpath(folder.path, ['topology', '--format', 'json']);
    const { version, bundle: of, leftOut, nodes, edges } = JSON.parse(out) as TopologyReport;
    assert.deepEqual([version, of, leftOut], [1, '.', []]);
    const ids = ['networking.k8s.io/v1/Ingress/shop/front', 'v1/Service/shop/web', 'apps/v1/Deployment/shop/web'];
    assert.deepEqual(
      nodes.filter(({ missing }) => !missing).map(({ id }) => id),
      ids,
    );
    assert.ok(nodes[1]?.problems.includes('service-selector-matches-nothing'));
    assert.deepEqual(nodes.find(({ missing }) => missing)?.name, 'we"b');
    assert.deepEqual(edges[0], {
      from: ids[0],
      to: ids[1],
      type: 'routes',
      label: 'example.com/ -> 80',
      state: 'ok',
    });
    assert.equal(edges[1]?.state, 'broken');
  });

  test('topology of a file has its objects and those they are linked with', () => {
    const { out } = podpath(folder.path, ['topology', '--format', 'json', 'a b/svc.yaml']);
    const { nodes } = JSON.parse(out) as TopologyReport;
    assert.deepEqual(
      nodes.map(({ kind, name }) => `${kind} ${name}`),
      ['Ingress front', 'Service web', 'Pod app=wbe'],
    );
  });

  test('Mermaid and DOT cannot be broken by names', () => {
    const mermaid = podpath(folder.path, ['topology', '--format', 'mermaid']).out;
    assert.match(mermaid, /^flowchart LR\n {2}subgraph ns0\["shop"\]\n/);
    assert.match(mermaid, /\["Service<br\/>we#34;b"\]:::missing/);
    assert.match(mermaid, /-\.->/);
    const dot = podpath(folder.path, ['topology', '--format', 'dot']).out;
    assert.match(dot, /label="Service\\nwe\\"b"/);
    assert.match(dot, /^digraph podpath \{\n/);
  });

  test('control characters of names reach no terminal', () => {
    const evil = folderOf({
      'a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: "\\e[31mred\\0" }\nspec: { selector: { "\\e]0;x\\a": "\\x9b31m" }, ports: [{ port: 80 }] }\n',
    });
    for (const args of [['check'], ['topology', '--format', 'dot'], ['topology', '--format', 'mermaid'], ['endpoints']])
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(podpath(evil.path, args).out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/, args.join(' '));
    evil.remove();
  });

  test('help of all and of each command, and the version', () => {
    const help = podpath(folder.path, ['--help']);
    assert.equal(help.code, 0);
    for (const command of ['check', 'endpoints', 'topology', 'lsp']) {
      assert.match(help.out, new RegExp(`^  ${command} `, 'm'));
      const { code, out } = podpath(folder.path, [command, '--help']);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^Usage: podpath ${command}`, 'm'));
    }
    assert.match(podpath(folder.path, ['--version']).out, /^\d+\.\d+\.\d+\n$/);
    assert.equal(podpath(folder.path, []).code, 2);
  });
});
