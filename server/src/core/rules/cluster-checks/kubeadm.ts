/** What kubeadm refuses in networking (validation.go ValidateNetworking). */
import { extraArgs, flag } from '../../cluster/flags';
import {
  leastAddresses,
  nodeMaskProblem,
  parseSubnets,
  serviceSizeProblem,
  subnetsProblem,
} from '../../cluster/limits';
import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { field, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { badName, refused } from '../shared/refused';

export function* kubeadmNetworking(tree: Field): Generator<Draft> {
  const networking = field(tree, 'networking');
  const args = extraArgs(field(tree, 'controllerManager', 'extraArgs'));
  yield* badName(field(networking, 'dnsDomain'), 'dns1123Subdomain', 'dnsDomain');
  for (const [name, least] of [
    ['serviceSubnet', leastAddresses.services],
    ['podSubnet', leastAddresses.pods],
  ] as const) {
    const at = field(networking, name);
    const text = textAt(at) ?? '';
    const cidrs = text === '' || isTemplated(text) ? undefined : parseSubnets(text);
    if (!cidrs) continue;
    const list = subnetsProblem(text, least);
    if (list !== undefined) yield refused(at, say`kubeadm refuses ${name} ${text}: it ${list}`);
    const masks = args.filter(({ name: flagName }) => flagName.startsWith('node-cidr-mask-size'));
    const isCut =
      flag(args, 'allocate-node-cidrs')?.value.text !== 'false' && !masks.some(({ value }) => isTemplated(value.text));
    if (name === 'podSubnet' && !isCut) continue;
    for (const cidr of cidrs) {
      const mask = flag(args, `node-cidr-mask-size-ipv${cidr.family}`)?.value.text;
      const problem = name === 'serviceSubnet' ? serviceSizeProblem(cidr) : nodeMaskProblem(cidr, mask);
      if (problem !== undefined) yield refused(at, say`kubeadm refuses ${name} ${cidr.text}: it ${problem}`);
    }
  }
}
