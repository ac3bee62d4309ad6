/** What kind refuses in networking (pkg/internal/apis/config/validate.go). */
import { kindFamily } from '../../cluster/kind';
import { kindSubnetProblem, parseSubnets } from '../../cluster/limits';
import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { field, scalarAt, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { refused } from '../shared/refused';
import { replace } from '../shared/words';

const families = ['ipv4', 'ipv6', 'dual'];
const proxyModes = ['iptables', 'ipvs', 'nftables', 'none'];

export function* kindNetworking(tree: Field): Generator<Draft> {
  const networking = field(tree, 'networking');
  yield* oneOf(field(networking, 'ipFamily'), families);
  yield* oneOf(field(networking, 'kubeProxyMode'), proxyModes);
  const port = field(networking, 'apiServerPort');
  const number = scalarAt(port)?.value;
  if (typeof number === 'number' && (number < -1 || number > 65535))
    yield refused(
      port,
      say`kind refuses apiServerPort ${String(number)}: it is no port from 1 to 65535, nor -1 or 0 for any`,
    );
  for (const name of ['podSubnet', 'serviceSubnet']) {
    const at = field(networking, name);
    const text = textAt(at) ?? '';
    if (text === '' || isTemplated(text) || !parseSubnets(text)) continue;
    const problem = kindSubnetProblem(text, kindFamily(tree));
    if (problem !== undefined) yield refused(at, say`kind refuses ${name} ${text}: it ${problem}`);
  }
}

function* oneOf(at: Field, words: readonly string[]): Generator<Draft> {
  const written = scalarAt(at);
  if (!written || written.text === '' || isTemplated(written.text) || words.includes(written.text)) return;
  const meant = words.find((word) => word === written.text.toLowerCase());
  const name = at.key?.text ?? '';
  yield refused(
    at,
    say`kind refuses ${name} ${written.text}: it is one of ${words.join(', ')}`,
    meant === undefined ? [] : replace(`Change to ${meant}`, written, meant),
  );
}
