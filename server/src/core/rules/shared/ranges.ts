/** Words about declared ranges of addresses. */
import type { AddressRange } from '../../cluster/facts';
import { useWords } from '../../cluster/facts';
import type { Related, Text } from '../../finding';
import { say } from '../../finding';
import type { Resource } from '../../resource';
import { named } from './words';

/** `addresses for pods`. */
export function purpose({ use }: AddressRange): string {
  return useWords[use];
}

/** `podSubnet 10.244.0.0/16`, with the tool's own value marked as such. */
export function rangeText({ field, text, implied }: AddressRange): string {
  return `${field} ${text.text}${implied ? ' (nothing is written, so the default)' : ''}`;
}

/** `podSubnet 10.244.0.0/16 of ClusterConfiguration (cluster.yaml:1)`. */
export function declared(range: AddressRange, from: Resource): Text {
  return say`${rangeText(range)} of ${named(from)}`;
}

/** Points at a range beside the finding; of a default, at the object that implies it. */
export function pointAt(range: AddressRange, from: Resource): Related {
  return {
    at: range.implied ? from.nameAt : range.text.origin,
    message: say`${rangeText(range)}, for ${purpose(range)}`,
  };
}
