/** What a trace tells to add lets the connection through: tried on random small worlds, as a person would follow its words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { Hop, Scene, Trace } from '../../server/src/core/index';
import { createWorkspace, readSource, readTarget, sceneOf, trace } from '../../server/src/core/index';
import type { Manifest } from './manifests';
import { objectsOf, textOf } from './manifests';
import type { Pod } from './objects';
import { portNumbers, protocolNames, worldOf } from './worlds';

const count = Number(process.env['POLICY_WORLDS'] ?? 60);
const start = Number(process.env['POLICY_SEED'] ?? 0);

/** `spec` of a policy as far as it is written here. */
type Spec = Record<string, unknown>;

function sceneWith(objects: readonly Manifest[]): Scene {
  const fail = (id: string, _: unknown, error: unknown) => {
    throw new Error(`${id} threw`, { cause: error });
  };
  const workspace = createWorkspace(fail, []);
  workspace.setRoots(['file:///w']);
  workspace.set('file:///w/all.yaml', textOf(objects));
  const snapshot = workspace.snapshot();
  const resources = snapshot.file('file:///w/all.yaml')?.resources ?? [];
  return sceneOf({ resources, links: snapshot.links, namespace: 'default', domain: 'cluster.local' });
}

function follow(scene: Scene, from: string, to: string): Trace {
  const [source, target] = [readSource(scene, from), readTarget(scene, to)];
  if (typeof source === 'string') throw new Error(source);
  if (typeof target === 'string') throw new Error(target);
  return trace(scene, source, target);
}

/** Adds the rule of a hop where its words say; undefined where they say that no rule can do it. */
function obey({ detail = '', title }: Hop, objects: readonly Manifest[]): readonly Manifest[] | undefined {
  const said = detail.split('\n');
  const isOpen = said[0]?.startsWith('it depends on the ') === true;
  const [words = '', ...lines] = isOpen ? said.slice(1) : said;
  if (words.startsWith('no rule of ') || words.includes(' an ipBlock for each of its nodes ')) return undefined;
  const rules = parse(lines.join('\n')) as unknown[];
  const beside =
    /^to let it through(?: whatever that is)?, add a NetworkPolicy about \w+ (\S+)\/(\S+) with this in spec\.(\w+):$/.exec(
      words,
    );
  if (beside) {
    const [, namespace = '', name = '', direction = ''] = beside;
    return [...objects, newPolicy(objects, namespace, name, direction, rules)];
  }
  const place =
    /^to let it through(?: whatever that is)?, (put this before the rule that denies it in|add this to) spec\.(\w+) of (\w+) (\S+):$/.exec(
      words,
    );
  assert.ok(place, `${title}: ${detail}`);
  const [, how, direction = '', kind, path = ''] = place;
  const isMeant = ({ kind: of, metadata: { name, namespace } }: Manifest) =>
    of === kind && path === (namespace === undefined ? name : `${namespace}/${name}`);
  assert.equal(objects.filter(isMeant).length, 1, `${detail} names one policy`);
  return objects.map((object) => {
    if (!isMeant(object)) return object;
    const spec = object['spec'] as Spec;
    const known = (spec[direction] ?? []) as unknown[];
    return {
      ...object,
      spec: { ...spec, [direction]: how === 'add this to' ? [...known, ...rules] : [...rules, ...known] },
    };
  });
}

function newPolicy(
  objects: readonly Manifest[],
  namespace: string,
  name: string,
  direction: string,
  rules: readonly unknown[],
): Manifest {
  const workload = objects.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  const template = (workload?.['spec'] as { template?: Pick<Manifest, 'metadata'> } | undefined)?.template;
  const labels = (template ?? workload)?.metadata.labels ?? {};
  const policyTypes = [direction === 'ingress' ? 'Ingress' : 'Egress'];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace, name: `open-${name}-${direction}-${objects.length}` },
    spec: { podSelector: { matchLabels: labels }, policyTypes, [direction]: rules },
  };
}

const ofPod = ({ kind, namespace, name }: Pod) => `${kind}/${namespace}/${name}`;

test(`the rules that traces tell to add let connections through in ${count} random worlds`, () => {
  let [opened, impossible] = [0, 0];
  for (let seed = start; seed < start + count; seed++) {
    const world = worldOf(seed);
    const objects = objectsOf(world);
    const scene = sceneWith(objects);
    const sources = world.pods.map(ofPod);
    const targets = [...world.pods.map(ofPod), '203.0.113.1', '2001:db8::1'];
    for (const from of sources)
      for (const [index, target] of targets.entries()) {
        const port = portNumbers[(seed + index) % portNumbers.length] ?? 80;
        const protocol = protocolNames[(seed + index) % protocolNames.length] ?? 'TCP';
        const to = `${target.includes('::') ? `[${target}]` : target}:${port}/${protocol.toLowerCase()}`;
        const before = follow(scene, from, to);
        const where = `seed ${seed}: ${from} -> ${to}`;
        const denying = before.hops.filter(({ verdict }) => verdict !== 'ok');
        // Pods whose address is not known are in a block or not, and a node reaches the pods that are on it.
        if (before.verdict === 'unresolved')
          assert.match(textOf(objects), /ipBlock|networks|"hostNetwork":true/, where);
        if (denying.length === 0) continue;
        assert.ok(
          denying.every(({ at, title }) => at !== undefined && /(?:Policy|Policies) /.test(title)),
          `${where} names policy and line`,
        );
        let changed: readonly Manifest[] | undefined = objects;
        for (const hop of denying) changed = changed && obey(hop, changed);
        if (!changed) {
          impossible++;
          continue;
        }
        // What one policy closed, a block of another one may close too.
        const again = follow(sceneWith(changed), from, to).hops.filter(({ verdict }) => verdict === 'unresolved');
        for (const hop of again) changed = changed && obey(hop, changed);
        if (!changed) {
          impossible++;
          continue;
        }
        assert.equal(follow(sceneWith(changed), from, to).verdict, 'allowed', where);
        opened++;
      }
  }
  assert.ok(opened > impossible, `${opened} opened, ${impossible} impossible`);
});
