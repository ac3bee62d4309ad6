/** What flannel refuses when it hands out subnets itself; with `--kube-subnet-mgr` the nodes have theirs already. */
import { parseCidr } from '../../cidr';
import { embedded } from '../../cluster/embedded';
import { netConfField } from '../../cluster/flannel';
import type { NetConf } from '../../cluster/flannel-subnets';
import { divideNetwork } from '../../cluster/flannel-subnets';
import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { field, root, scalarAt, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { boolean, number } from '../../value';

export function* flannelSubnets(tree: Field): Generator<Draft> {
  const text = scalarAt(field(tree, 'data', 'net-conf.json'));
  const value = text && !isTemplated(text.text) ? embedded(text) : undefined;
  if (value?.type !== 'map') return;
  const conf = root(value);
  const network = netConfField(conf, 'Network');
  // What is no range is another finding; a range alone is right for Kubernetes.
  if (!parseCidr(textAt(network) ?? '')) return;
  const division = divideNetwork(readNetConf(conf));
  if (!('problem' in division)) return;
  yield {
    level: 'hint',
    at: network.at,
    path: 'data[net-conf.json]',
    message: say`${division.problem}: flannel refuses this where it hands out subnets itself; with --kube-subnet-mgr it takes the ranges of the nodes`,
  };
}

function readNetConf(conf: Field): NetConf {
  const texts = ['Network', 'IPv6Network', 'SubnetMin', 'SubnetMax', 'IPv6SubnetMin', 'IPv6SubnetMax'] as const;
  const numbers = ['SubnetLen', 'IPv6SubnetLen'] as const;
  const switches = ['EnableIPv4', 'EnableIPv6'] as const;
  const entries = [
    ...texts.map((key) => [key, textAt(netConfField(conf, key))] as const),
    ...numbers.map((key) => [key, number(netConfField(conf, key).value)] as const),
    ...switches.map((key) => [key, boolean(netConfField(conf, key).value)] as const),
  ];
  return Object.fromEntries<unknown>(entries.filter(([, written]) => written !== undefined));
}
