/**
 * The evaluation of policies against a slow, obvious one, on random small worlds. `POLICY_WORLDS` says on how many
 * (`npm run policies`: 100,000).
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { End, Evaluation } from '../../server/src/core/index';
import { connectionsOf, createWorkspace, evaluatePolicies, parseAddress } from '../../server/src/core/index';
import { random } from '../edits/random';
import { manifestsOf } from './manifests';
import type { NetworkPolicy, World } from './objects';
import { portNumbers, protocolNames, rule, worldOf } from './objects';
import type { SlowEnd } from './slow';
import { reaches } from './slow';

const count = Number(process.env['POLICY_WORLDS'] ?? 60);
/** Addresses of nobody: beside the pods, in a block, in none. */
const outside = ['10.0.0.200', '192.0.2.1', '203.0.113.1'];

function evaluate(world: World): Evaluation {
  const workspace = createWorkspace((id, _, error) => {
    throw new Error(`${id} threw`, { cause: error });
  });
  workspace.setRoots(['file:///w']);
  workspace.set('file:///w/all.yaml', manifestsOf(world));
  const resources = workspace.snapshot().file('file:///w/all.yaml')?.resources ?? [];
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

/** Every question of a world: both ends, protocol and port. */
function* questions({ pods }: World): Generator<[SlowEnd, SlowEnd, (typeof protocolNames)[number], number]> {
  const ends: readonly SlowEnd[] = [...pods, ...outside];
  for (const from of ends)
    for (const to of ends)
      if (typeof from !== 'string' || typeof to !== 'string')
        for (const protocol of protocolNames) for (const port of portNumbers) yield [from, to, protocol, port];
}

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

describe('policies', () => {
  test(`${count} random worlds are as the slow evaluator says`, () => {
    for (let seed = 0; seed < count; seed++) {
      const world = worldOf(seed);
      const evaluation = evaluate(world);
      const rows = [...connectionsOf(evaluation)];
      for (const [from, to, protocol, port] of questions(world)) {
        const [source, target] = [endOf(evaluation, from), endOf(evaluation, to)];
        const verdict = evaluation.verdict(source, target, protocol, port);
        const where = `seed ${seed}: ${typeof from === 'string' ? from : from.name} -> ${typeof to === 'string' ? to : to.name} ${protocol} ${port}`;
        assert.equal(verdict.allowed, reaches(world, from, to, protocol, port), where);
        if (source === target) continue;
        const row = rows.find((item) => isEnd(item.from, source) && isEnd(item.to, target));
        const isListed = row?.ports[protocol].some(({ first, last }) => first <= port && port <= last) ?? false;
        assert.equal(isListed, verdict.allowed, `${where}, in the list`);
      }
    }
  });

  test('one more rule that allows never closes a connection', () => {
    for (let seed = 0; seed < count; seed++) {
      const world = worldOf(seed);
      const dice = random(seed + 1);
      const chosen = world.policies.findIndex(
        (policy) => policy.kind === 'NetworkPolicy' && policy.policyTypes !== undefined,
      );
      if (chosen < 0) continue;
      const policies = world.policies.map((policy, at) =>
        at === chosen ? withRule(policy as NetworkPolicy, rule(dice)) : policy,
      );
      const [before, after] = [evaluate(world), evaluate({ ...world, policies })];
      for (const [from, to, protocol, port] of questions(world)) {
        const was = before.verdict(endOf(before, from), endOf(before, to), protocol, port);
        const is = after.verdict(endOf(after, from), endOf(after, to), protocol, port);
        assert.ok(!was.allowed || is.allowed, `seed ${seed}`);
      }
    }
  });

  test('the order of policies does not matter', () => {
    for (let seed = 0; seed < count; seed++) {
      const world = worldOf(seed);
      const turned = { ...world, policies: [...world.policies].reverse(), pods: [...world.pods].reverse() };
      assert.equal(listed(evaluate(world)), listed(evaluate(turned)), `seed ${seed}`);
    }
  });
});

/** A row stands for a workload, or for a range that holds the address. */
function isEnd(party: { readonly type: string }, end: End): boolean {
  if (party === end) return true;
  if (end.type !== 'outside' || !('range' in party)) return false;
  const { range } = party as { readonly range: { readonly first: bigint; readonly last: bigint } };
  return end.ranges.every(({ first, last }) => range.first <= first && last <= range.last);
}

function withRule(policy: NetworkPolicy, extra: NonNullable<NetworkPolicy['ingress']>[number]): NetworkPolicy {
  return { ...policy, ingress: [...(policy.ingress ?? []), extra], egress: [...(policy.egress ?? []), extra] };
}
