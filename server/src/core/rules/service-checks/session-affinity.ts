/** Session affinity (validateClientIPAffinityConfig). */
import { say } from '../../finding';
import { field } from '../../path';
import { refused } from '../shared/refused';
import type { ServiceCheck } from './define';
import { numberAt, stringAt } from '../shared/written';

/** One day, in seconds (core MaxClientIPServiceAffinitySeconds). */
const MAX_TIMEOUT = 86_400;

export const sessionAffinity: ServiceCheck = function* ({ spec }) {
  const affinity = stringAt(field(spec, 'sessionAffinity'));
  const config = field(spec, 'sessionAffinityConfig');
  if (affinity === 'None' && config.value)
    yield refused(
      config,
      say`sessionAffinityConfig has no place beside sessionAffinity None; a timeout needs ClientIP`,
    );
  if (affinity !== 'ClientIP') return;
  const timeout = field(config, 'clientIP', 'timeoutSeconds');
  const seconds = numberAt(timeout);
  if (seconds !== undefined && (seconds <= 0 || seconds > MAX_TIMEOUT))
    yield refused(timeout, say`timeoutSeconds ${String(seconds)} must be from 1 to ${MAX_TIMEOUT}, one day`);
};
