/** What policies say of pods whose addresses no manifest shows: tried at each place among their blocks where they may be. */
import { allAddresses } from '../../cidr';
import type { Direction } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Range, Ranges } from '../../ranges';
import { intersection, rangesOf } from '../../ranges';
import type { Applied, Piece } from '../policy/decide';
import { decide, pieceAt } from '../policy/decide';
import type { Workload } from '../policy/ends';
import { portNamesOf } from '../policy/ends';
import { privateRanges } from '../policy/meaning';
import { unknownPools } from '../policy/pools';
import type { LinkedSide } from '../policy/verdicts';
import { nodesOf } from './known-ends';
import type { Scene } from './scene';

/** More places than this are not tried one by one. */
const MAX_CELLS = 400;

/**
 * What the policies about a workload say of its traffic with other pods of no known address; undefined where no address has
 * a say. `allowed` is undefined where it depends on the address, or where there are too many places to tell.
 */
export function sideAtAnyAddress(
  scene: Scene,
  workload: Workload,
  direction: Direction,
  other: Workload,
  protocol: Protocol,
  port: number,
): LinkedSide | undefined {
  if (other.addresses !== undefined) return undefined;
  const applied = scene.evaluation().applied(workload, direction);
  const blocks = applied.flatMap(blocksOf);
  if (blocks.length === 0) return undefined;
  const pools = poolsOf(scene, other);
  const families = (pools ?? allAddresses.map((family) => intersection(privateRanges, [family]))).map((pool) =>
    cellsOf(blocks, pool),
  );
  const names = portNamesOf(direction === 'ingress' ? workload : other);
  if (families.some(({ length }) => length > MAX_CELLS)) {
    const elsewhere = pieceAt(decide(applied, other, names), protocol, port);
    return sideOf(elsewhere, isOpen(elsewhere) && applied.every(onlyOpens) ? true : undefined);
  }
  const found = families.map((cells) =>
    cells.map((cell) => pieceAt(decide(applied, { ...other, addresses: [cell] }, names), protocol, port)),
  );
  const all = found.flat();
  const [first] = all;
  const denying = all.find((piece) => piece?.allowed === false);
  // A cluster that says nothing of its families has IPv4.
  const sure = pools ? found : found.slice(0, 1);
  const open = sure.find((pieces) => pieces.length > 0 && pieces.every(isOpen));
  if (open) return sideOf(open[0], true);
  // Only a block that opens some of IPv6 tells that it may have that too.
  const rest = pools ? [] : found.slice(1).flat();
  return sure.flat().some(isOpen) || rest.some(isOpenedByBlock)
    ? sideOf(denying, undefined)
    : sideOf(denying ?? first, false);
}

const isOpen = (piece: Piece | undefined) => piece?.allowed !== false;

const isOpenedByBlock = (piece: Piece | undefined) =>
  piece?.allowed === true && piece.decision.by === 'rule' && piece.decision.peer?.type === 'block';

/** No address in a block closes anything: none is in a rule that denies or passes on. */
const onlyOpens = ({ direction }: Applied) =>
  direction.rules.every(({ action, peers }) => action === 'Allow' || !peers?.some(({ type }) => type === 'block'));

function sideOf(piece: Piece | undefined, allowed: boolean | undefined): LinkedSide {
  return { allowed, decision: piece?.decision ?? { by: 'default' } };
}

function blocksOf({ direction }: Applied): Range[] {
  return direction.rules.flatMap(
    ({ peers }) => peers?.flatMap((peer) => (peer.type === 'block' ? peer.ranges : [])) ?? [],
  );
}

/** Where the addresses of pods may be, a set for each family; those of the host network have that of their node. Undefined where nothing tells. */
function poolsOf(scene: Scene, { hostNetwork, pools, resource }: Workload): readonly Ranges[] | undefined {
  if (!hostNetwork) return pools === unknownPools ? undefined : pools;
  const points = nodesOf(scene, resource.pods?.nodeName?.text).map(({ point }) => point);
  return points.length > 0 ? [rangesOf(points.map((point) => ({ first: point, last: point })))] : undefined;
}

/** Parts of a pool that no block cuts. */
function cellsOf(blocks: readonly Range[], pool: Ranges): Range[] {
  const starts = [...new Set(blocks.flatMap(({ first, last }) => [first, last + 1n]))].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  return pool.flatMap(({ first, last }) => {
    const inside = starts.filter((start) => start > first && start <= last);
    return [first, ...inside].map((start, at) => ({ first: start, last: (inside[at] ?? last + 1n) - 1n }));
  });
}
