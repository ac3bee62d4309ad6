/** All cases of the other analyzer. */
import type { Family } from './family';
import { diff, lists } from './policy-connectivity';
import { errors } from './policy-errors';
import { explain } from './policy-explain';

export const policyConnectivity: Family = {
  family: 'netpol-connectivity',
  files: ['cases.json', 'diff.json', 'explain.json', 'errors.json'],
  run(item, folder) {
    if (item['files1'] !== undefined) return diff(item, folder);
    if (item['expectedTextFile'] !== undefined) return explain(item, folder);
    return item['messageContains'] === undefined ? lists(item, folder) : errors(item, folder);
  },
};
