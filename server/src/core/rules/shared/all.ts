import type { Rule } from '../define';
import * as rules from '../index';

/** All rules, in the order of their ids. */
export const allRules: readonly Rule[] = Object.values(rules);
