/** Ids of rules as people write them. */
import type { Text } from '../../finding';
import { say } from '../../finding';
import { isNear } from '../../near';

/** The rule that was probably meant by an id that does not exist: by a slip, or by the words that it is made of. */
export function nearestRule(written: string, ids: readonly string[]): string | undefined {
  const near = ids.find((id) => isNear(written, id));
  if (near !== undefined) return near;
  const within = ids.filter((id) => written.length >= 6 && id.includes(written.toLowerCase()));
  return within.length === 1 ? within[0] : undefined;
}

/** What is said of an id that does not exist. */
export function noRule(written: string, near: string | undefined): Text {
  return near === undefined
    ? say`there is no rule ${written}; docs/rules.md lists them all`
    : say`there is no rule ${written}; the nearest is ${near}`;
}
