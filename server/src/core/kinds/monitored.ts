import type { Selects } from '../resource';
import type { SelectorSpec } from './define';

/** The selector of a monitor of monitoring.coreos.com, with the namespaces beside it. `at`: the field that holds both. */
export function monitored(selects: Selects, at = 'spec', absent: SelectorSpec['absent'] = 'everything'): SelectorSpec {
  return {
    role: 'monitors',
    selects,
    path: `${at}.selector`,
    form: 'labelSelector',
    empty: 'everything',
    absent,
    namespaces: `${at}.namespaceSelector`,
  };
}
