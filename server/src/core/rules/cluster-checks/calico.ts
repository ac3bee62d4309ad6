/** What Calico refuses in an IPPool (libcalico-go's validator, the schema of the resource) and at the start of calico-node. */
import type { Cidr } from '../../cidr';
import { cidrsOverlap, parseCidr } from '../../cidr';
import { calicoModes, wraps } from '../../cluster/calico';
import { envProblems } from '../../cluster/calico-env';
import { selectorProblem } from '../../cluster/calico-selector';
import { environment, isCalicoNode } from '../../cluster/components';
import { calicoDefaults } from '../../cluster/defaults';
import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { each, eachEntry, field, scalarAt, select, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { boolean } from '../../value';
import { refused } from '../shared/refused';
import { replace } from '../shared/words';

const uses = ['Workload', 'Tunnel', 'LoadBalancer'];
const linkLocal = ['169.254.0.0/16', 'fe80::/10'].flatMap((text) => parseCidr(text) ?? []);
const blockLimits = { 4: { least: 20, most: 32 }, 6: { least: 116, most: 128 } } as const;

export function* calicoPool(tree: Field): Generator<Draft> {
  const spec = field(tree, 'spec');
  const at = field(spec, 'cidr');
  const text = textAt(at) ?? '';
  if (isTemplated(text)) return;
  const cidr = parseCidr(text);
  // A spec with other fields and no cidr is a patch.
  const isPatch = at.key === undefined && eachEntry(spec).length > 0;
  if (text === '' && !isPatch) yield refused(at, say`Calico refuses an IPPool without cidr`);
  if (cidr) yield* poolSize(spec, at, cidr);
  for (const name of ['ipipMode', 'vxlanMode']) yield* mode(field(spec, name), cidr);
  yield* allowedUses(spec);
  for (const name of ['nodeSelector', 'namespaceSelector']) yield* selector(field(spec, name));
}

function* poolSize(spec: Field, at: Field, cidr: Cidr): Generator<Draft> {
  const limits = blockLimits[cidr.family];
  const written = field(spec, 'blockSize');
  const number = Number(textAt(written) ?? 0);
  const size = number > 0 ? number : calicoDefaults.blockSize[cidr.family];
  if (size < limits.least || size > limits.most)
    yield refused(
      written,
      say`Calico refuses blockSize ${size}: for IPv${cidr.family} it is ${limits.least} to ${limits.most}`,
    );
  else if (cidr.prefix > size && boolean(field(spec, 'disabled').value) !== true)
    yield refused(
      at,
      say`Calico refuses the pool ${cidr.text}: it is smaller than one block of /${size}; make the pool larger${number > 0 ? ', or blockSize' : `, or set blockSize to ${cidr.prefix} or more`}`,
    );
  if (linkLocal.some((range) => cidrsOverlap(range, cidr)))
    yield refused(
      at,
      say`Calico refuses the pool ${cidr.text}: it overlaps the link-local addresses, which are never routed`,
    );
}

function* mode(at: Field, cidr: Cidr | undefined): Generator<Draft> {
  const written = scalarAt(at);
  if (!written || written.text === '' || isTemplated(written.text)) return;
  const known = calicoModes.find((word) => word === written.text);
  const meant = calicoModes.find((word) => word.toLowerCase() === written.text.toLowerCase().replace(/-/g, ''));
  if (known === undefined)
    yield refused(
      at,
      say`Calico refuses ${at.key?.text} ${written.text}: it is one of ${calicoModes.join(', ')}`,
      meant === undefined ? [] : replace(`Change to ${meant}`, written, meant),
    );
  else if (cidr?.family === 6 && at.key?.text === 'ipipMode' && wraps(written.text))
    yield refused(
      at,
      say`Calico refuses ipipMode ${written.text} in the IPv6 pool ${cidr.text}: IP in IP carries IPv4 only`,
      replace('Change to Never', written, 'Never'),
    );
}

function* allowedUses(spec: Field): Generator<Draft> {
  const list = field(spec, 'allowedUses');
  const words = each(list);
  for (const at of words) {
    const word = textAt(at) ?? '';
    if (!uses.includes(word) && !isTemplated(word))
      yield refused(at, say`Calico refuses the allowed use ${word}: it is one of ${uses.join(', ')}`);
  }
  const namespaces = field(spec, 'namespaceSelector');
  const chosenNamespaces = textAt(namespaces) ?? '';
  if (words.some((at) => textAt(at) === 'Tunnel') && chosenNamespaces !== '' && chosenNamespaces !== 'all()')
    yield refused(
      namespaces,
      say`Calico refuses namespaceSelector ${chosenNamespaces} in a pool for Tunnel: tunnels belong to nodes, which are in no namespace`,
    );
  if (!words.some((at) => textAt(at) === 'LoadBalancer')) return;
  if (words.length > 1)
    yield refused(list, say`Calico refuses LoadBalancer beside other allowed uses: make a pool of its own for it`);
  const bgp = field(spec, 'disableBGPExport');
  if (boolean(bgp.value) === true)
    yield refused(
      bgp,
      say`Calico refuses disableBGPExport in a pool for LoadBalancer: nobody would find its addresses`,
    );
  const nodes = field(spec, 'nodeSelector');
  const chosen = textAt(nodes) ?? '';
  if (chosen !== '' && chosen !== 'all()')
    yield refused(nodes, say`Calico refuses nodeSelector ${chosen} in a pool for LoadBalancer: it is all()`);
}

function* selector(at: Field): Generator<Draft> {
  const text = textAt(at) ?? '';
  if (text === '' || isTemplated(text)) return;
  const problem = selectorProblem(text);
  const name = at.key?.text;
  if (problem !== undefined) yield refused(at, say`Calico refuses ${name} ${text}: it ${problem}`);
  else if (/\bglobal\s*\(/.test(text))
    yield refused(
      at,
      say`Calico refuses ${name} ${text}: global() stands for what has no namespace, and belongs in policies`,
    );
}

/** The environment of calico-node, in the pods of a DaemonSet. */
export function* calicoNode(tree: Field): Generator<Draft> {
  for (const container of select(tree, 'spec.template.spec.containers.*')) {
    if (!isCalicoNode(container)) continue;
    const variables = environment(container);
    const isUnknown = [...variables].some(
      ([name, { value }]) => /^CALICO_IPV[46]POOL_/.test(name) && isTemplated(value.text),
    );
    if (isUnknown) continue;
    for (const { variable, problem } of envProblems((name) => variables.get(name)?.value.text)) {
      const written = variables.get(variable);
      const at = written
        ? { ...field(container, 'env'), at: written.value.origin, path: written.path, value: written.value }
        : container;
      yield refused(at, say`calico-node does not start with ${variable} ${written?.value.text}: it ${problem}`);
    }
  }
}
