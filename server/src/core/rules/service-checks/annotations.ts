/** Annotations that a Service must not contradict itself with. */
import { say } from '../../finding';
import { field } from '../../path';
import { refused } from '../shared/refused';
import type { ServiceCheck } from './define';
import { stringAt } from '../shared/written';

const mode = 'service.kubernetes.io/topology-mode';
const deprecated = 'service.kubernetes.io/topology-aware-hints';

/** The old and the new name of one annotation must agree. */
export const topologyAnnotations: ServiceCheck = function* ({ metadata }) {
  const current = field(metadata, 'annotations', mode);
  const older = field(metadata, 'annotations', deprecated);
  const [text, olderText] = [stringAt(current), stringAt(older)];
  if (text !== undefined && olderText !== undefined && text !== olderText)
    yield {
      ...refused(
        current,
        say`${mode} is ${text}, but ${deprecated}, its older name, is ${olderText}: both must be equal`,
      ),
      related: [{ at: older.at, message: say`the older annotation` }],
    };
};
