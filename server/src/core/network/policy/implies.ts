/** When one set of label requirements says all that another asks for. */
import type { Requirement } from '../../labels';

/** True when everything that meets `known` meets `asked`, as far as requirements on one key tell. */
export function impliesAll(known: readonly Requirement[], asked: readonly Requirement[]): boolean {
  return asked.every((requirement) => known.some((item) => implies(item, requirement)));
}

function implies(known: Requirement, asked: Requirement): boolean {
  if (known.key !== asked.key) return false;
  switch (asked.operator) {
    case 'In':
      return known.operator === 'In' && known.values.every((value) => asked.values.includes(value));
    case 'NotIn':
      return (
        known.operator === 'DoesNotExist' ||
        (known.operator === 'In' && !known.values.some((value) => asked.values.includes(value))) ||
        (known.operator === 'NotIn' && asked.values.every((value) => known.values.includes(value)))
      );
    case 'Exists':
      return known.operator === 'In' || known.operator === 'Exists';
    case 'DoesNotExist':
      return known.operator === 'DoesNotExist';
    case 'Gt':
    case 'Lt':
      return known.operator === asked.operator && known.values[0] === asked.values[0];
  }
}
