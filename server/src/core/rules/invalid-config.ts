import { defineRule } from './define';
import { nearestRule, noRule } from './shared/rule-ids';
import { replace } from './shared/words';

/** What podpath.yaml says and nobody can follow would be passed over in silence. */
export const invalidConfig = defineRule({
  id: 'invalid-config',
  summary: 'A setting, value or rule in podpath.yaml does not exist',
  levels: ['error'],
  *config({ problems, ruleIds }, ids) {
    yield* problems;
    for (const written of ruleIds) {
      if (ids.includes(written.text)) continue;
      const near = nearestRule(written.text, ids);
      yield {
        level: 'error',
        at: written.origin,
        message: noRule(written.text, near),
        fixes: near === undefined ? [] : replace(`Change to ${near}`, written, near),
      };
    }
  },
});
