/** What policies say of pods of a namespace whose labels no manifest shows. */
import { namespace as namespaceKind } from '../../kinds/namespace';
import { holds } from '../../labels';
import type { Direction, PolicyPeer, PolicyRule } from '../../policy-facts';
import type { Protocol } from '../../ports';
import { sameKind } from '../../resource';
import type { Applied } from '../policy/decide';
import type { Workload } from '../policy/ends';
import { portNamesOf } from '../policy/ends';
import type { Certainty } from '../policy/meaning';
import { namespaceNameLabel } from '../policy/meaning';
import { choosesLabels, isPeer } from '../policy/peers';
import type { LinkedSide } from '../policy/verdicts';
import { judgeSide } from '../policy/verdicts';
import type { Scene } from './scene';

/**
 * The side of a workload where it depends on the labels of the other's namespace, which has no Namespace object; undefined
 * where it does not. `side` is what holds where the namespace has none but its name.
 */
export function sideOfOpenNamespace(
  scene: Scene,
  workload: Workload,
  direction: Direction,
  other: Workload,
  protocol: Protocol,
  port: number,
  side: LinkedSide,
): LinkedSide | undefined {
  const applied = scene.evaluation().applied(workload, direction);
  const { name } = other.namespace;
  const isOpen = ({ peers = [] }: PolicyRule) => peers.some((peer) => mayChoose(peer, other));
  const rules = applied.flatMap((item) => item.direction.rules).filter(isOpen);
  const counts = rules.some(({ action }) => (action === 'Allow') === (side.allowed === false) || action === 'Pass');
  if (other.hostNetwork || !counts || hasObject(scene, name)) return undefined;
  const homes = new Map(applied.map((item: Applied) => [item.policy, item.namespace]));
  const about = applied.map((placed) => ({ placed, certain: true }));
  const said = judgeSide(
    about,
    direction,
    (peer, policy): Certainty =>
      mayChoose(peer, other) ? 'maybe' : isPeer(peer, homes.get(policy), other) ? 'yes' : 'no',
    portNamesOf(direction === 'ingress' ? workload : other),
    protocol,
    port,
  );
  return said.allowed === undefined ? said : undefined;
}

/** All but the labels of the namespace fits. */
function mayChoose(peer: PolicyPeer, { namespace, labels, openLabels }: Workload): boolean {
  if (peer.type !== 'pods' || peer.namespaces === 'own' || peer.namespaces.unknown) return false;
  const { selector } = peer.namespaces;
  if (selector === 'nothing' || selector.requirements.every(({ key }) => key === namespaceNameLabel)) return false;
  const named = selector.requirements.filter(({ key }) => key === namespaceNameLabel);
  return (
    named.every((requirement) => holds(requirement, namespace.labels)) &&
    (peer.pods === undefined || choosesLabels(peer.pods, labels, openLabels))
  );
}

function hasObject({ resources }: Scene, namespace: string): boolean {
  return resources.some((resource) => resource.name === namespace && sameKind(resource, namespaceKind));
}
