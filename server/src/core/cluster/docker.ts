/** Networks of Docker: Compose and stack files, and the daemon's own configuration. */
import type { Field } from '../path';
import { each, eachEntry, field } from '../path';
import type { ClusterFacts } from './facts';
import { noFacts } from './facts';
import { rangesAt } from './ranges';

/** The subnets of the networks of a Compose or stack file. */
export function readCompose(tree: Field): ClusterFacts {
  return {
    ...noFacts,
    ranges: eachEntry(field(tree, 'networks')).flatMap((network) =>
      each(field(network, 'ipam', 'config')).flatMap((at) =>
        rangesAt(field(at, 'subnet'), {
          use: 'bridge',
          source: 'docker',
          field: `subnet of network ${network.key?.text ?? ''}`,
        }),
      ),
    ),
  };
}

/** daemon.json: the default bridge, and the pools that other networks are cut from. */
export function readDaemon(tree: Field): ClusterFacts {
  const meaning = (name: string) => ({ use: 'bridge', source: 'docker', field: name }) as const;
  return {
    ...noFacts,
    ranges: [
      ...rangesAt(field(tree, 'bip'), meaning('bip')),
      ...each(field(tree, 'default-address-pools')).flatMap((at) =>
        rangesAt(field(at, 'base'), meaning('default-address-pools')),
      ),
      ...each(field(tree, 'default-addr-pool')).flatMap((at) => rangesAt(at, meaning('default-addr-pool'))),
    ],
  };
}
