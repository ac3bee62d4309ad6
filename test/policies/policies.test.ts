/**
 * The evaluation of policies against a slow, obvious one, on random small worlds. `POLICY_WORLDS` says on how many
 * (`npm run policies`: 100,000).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { End, Evaluation, Resource } from '../../server/src/core/index';
import { connectionsOf, createWorkspace, evaluatePolicies, parseAddress } from '../../server/src/core/index';
import { random } from '../edits/random';
import { manifestsOf } from './manifests';
import type { NetworkPolicy, Policy, Rule, World } from './objects';
import type { SlowEnd } from './slow';
import { isolates, reaches } from './slow';
import { portNumbers, protocolNames, rule, worldOf } from './worlds';

const count = Number(process.env['POLICY_WORLDS'] ?? 60);
/** The number of the first world, so that a run can be cut in parts. */
const start = Number(process.env['POLICY_SEED'] ?? 0);
const seeds = Array.from({ length: count }, (_, index) => start + index);
/** Addresses of nobody: beside the pods, in a block, in none. */
const outside = ['10.0.0.200', '192.0.2.1', '203.0.113.1', 'fd00::99', '2001:db8::1'];

/** The objects of a world, read from one file. */
function read(world: World): readonly Resource[] {
  const fail = (id: string, _: unknown, error: unknown) => {
    throw new Error(`${id} threw`, { cause: error });
  };
  // No rules: they are not what is tried here.
  const workspace = createWorkspace(fail, []);
  workspace.setRoots(['file:///w']);
  workspace.set('file:///w/all.yaml', manifestsOf(world));
  return workspace.snapshot().file('file:///w/all.yaml')?.resources ?? [];
}

function evaluate(resources: readonly Resource[]): Evaluation {
  return evaluatePolicies({ resources, namespace: 'default' });
}

function endOf({ workloads }: Evaluation, end: SlowEnd): End {
  if (typeof end === 'string') {
    const { point } = parseAddress(end) ?? { point: 0n };
    return { type: 'outside', ranges: [{ first: point, last: point }] };
  }
  const found = workloads.find(({ name, namespace }) => name === end.name && namespace.name === end.namespace);
  assert.ok(found, `${end.name} is a workload`);
  return found;
}

/** Both ends of every connection that a world can have. */
function* pairs({ pods }: World): Generator<[SlowEnd, SlowEnd]> {
  const ends: readonly SlowEnd[] = [...pods, ...outside];
  for (const from of ends)
    for (const to of ends) if (typeof from !== 'string' || typeof to !== 'string') yield [from, to];
}

const nameOf = (end: SlowEnd) => (typeof end === 'string' ? end : end.name);

/** The connections of a world as a sorted text. */
function listed(evaluation: Evaluation): string {
  const text = (of: object) =>
    JSON.stringify('name' in of ? of.name : of, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
  return [...connectionsOf(evaluation)]
    .map(({ from, to, ports }) => [text(from), text(to), text(ports)].join(' '))
    .sort()
    .join('\n');
}

test(`${count} random worlds: as the slow evaluator says, whatever the order, and more rules never close`, () => {
  let opened = 0;
  for (const seed of seeds) {
    const world = worldOf(seed);
    const resources = read(world);
    const evaluation = evaluate(resources);
    compareWithSlow(world, evaluation, `seed ${seed}`);
    assert.equal(listed(evaluate([...resources].reverse())), listed(evaluation), `seed ${seed}, turned`);
    opened += openMore(world, resources, evaluation, seed);
  }
  assert.ok(opened > 0, 'some rules open a connection');
});

/** Every question has the answer of the slow evaluator, and the list of connections has the same. */
function compareWithSlow(world: World, evaluation: Evaluation, where: string): void {
  const rows = [...connectionsOf(evaluation)];
  const listsIPv6 = world.policies.some(speaksOfIPv6);
  for (const [from, to] of pairs(world)) {
    const [source, target] = [endOf(evaluation, from), endOf(evaluation, to)];
    const row = rows.find((item) => isEnd(item.from, source) && isEnd(item.to, target));
    const isListable = source !== target && (listsIPv6 || ![from, to].some(isOutsideIPv6));
    for (const protocol of protocolNames)
      for (const port of portNumbers) {
        const { allowed } = evaluation.verdict(source, target, protocol, port);
        const what = `${where}: ${nameOf(from)} -> ${nameOf(to)} ${protocol} ${port}`;
        assert.equal(allowed, reaches(world, from, to, protocol, port), what);
        if (!isListable) continue;
        const isListed = row?.ports[protocol].some(({ first, last }) => first <= port && port <= last) ?? false;
        assert.equal(isListed, allowed, `${what}, in the list`);
      }
  }
}

/** Adds a rule to a NetworkPolicy: no connection may close. Says between how many ends one opens. */
function openMore(world: World, resources: readonly Resource[], before: Evaluation, seed: number): number {
  const [chosen] = world.policies.filter((policy) => policy.kind === 'NetworkPolicy');
  if (!chosen) return 0;
  const [changed] = read({ namespaces: [], nodes: [], pods: [], policies: [withRule(chosen, rule(random(seed + 1)))] });
  assert.ok(changed);
  const isChosen = (item: Resource) => item.kind === chosen.kind && item.name === chosen.name;
  const after = evaluate(resources.map((item) => (isChosen(item) ? changed : item)));
  let opened = 0;
  for (const [from, to] of pairs(world)) {
    const [was, is] = [before, after].map((evaluation) => {
      const ends = [endOf(evaluation, from), endOf(evaluation, to)] as const;
      return protocolNames.flatMap((protocol) =>
        portNumbers.map((port) => evaluation.verdict(...ends, protocol, port).allowed),
      );
    });
    assert.ok(was && is);
    assert.ok(
      was.every((allowed, at) => !allowed || is[at]),
      `seed ${seed}, with a rule more: ${nameOf(from)} -> ${nameOf(to)}`,
    );
    if (is.some((allowed, at) => allowed && !was[at])) opened++;
  }
  return opened;
}

/** A list has addresses of IPv6 only where a policy has. */
function speaksOfIPv6(policy: Policy): boolean {
  return (['ingress', 'egress'] as const).some(
    (way) =>
      (policy.kind === 'ClusterPolicy' || isolates(policy, way)) && JSON.stringify(policy[way] ?? []).includes('::'),
  );
}

const isOutsideIPv6 = (end: SlowEnd) => typeof end === 'string' && end.includes(':');

/** A row stands for a workload, or for a range that holds the address. */
function isEnd(party: { readonly type: string }, end: End): boolean {
  if (party === end) return true;
  if (end.type !== 'outside' || !('range' in party)) return false;
  const { range } = party as { readonly range: { readonly first: bigint; readonly last: bigint } };
  return end.ranges.every(({ first, last }) => range.first <= first && last <= range.last);
}

/** The policy with a rule more in each direction in which it isolates: elsewhere a rule would isolate. */
function withRule(policy: NetworkPolicy, extra: Rule): NetworkPolicy {
  const { ingress = [], egress = [] } = policy;
  return {
    ...policy,
    ...(isolates(policy, 'ingress') ? { ingress: [...ingress, extra] } : {}),
    ...(isolates(policy, 'egress') ? { egress: [...egress, extra] } : {}),
  };
}
