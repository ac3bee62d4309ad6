/** The labels by which policies of others know pods. */
import type { Label, Resource } from '../../resource';
import { podSelector } from '../../resource';

/** Labels that say which version of an app it is, not which app. */
const versions = /(?:^|\/)(?:version|track|release|color|chart|helm\.sh\/chart|pod-template-hash|managed-by)$/;

const names = ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/component', 'app', 'k8s-app'];

/** Those that a Service selects the pods by, else those that say which app they are. */
export function tellingLabels(workload: Resource, service: Resource | undefined): readonly Label[] {
  const asked = service ? podSelector(service)?.pairs : undefined;
  if (asked && asked.length > 0) return asked;
  const labels = workload.pods?.labels ?? [];
  const telling = labels.filter(({ key }) => names.includes(key.text));
  const found = telling.length > 0 ? telling : versionless(labels);
  return found.length > 0 ? found : nameLabel(workload);
}

/** The label with its own name that the controller gives to pods without labels: `batch.kubernetes.io/job-name` of a Job. */
function nameLabel({ pods, name, names: { name: written } }: Resource): readonly Label[] {
  const keys = (pods?.openLabels ?? []).filter(({ stem, numbered }) => stem === name && !numbered);
  const key = keys.find((label) => label.key.includes('/')) ?? keys[0];
  if (!key || !written) return [];
  const origin = { ...written.origin, verbatim: false };
  return [{ key: { type: 'scalar', value: key.key, text: key.key, style: 'plain', origin }, value: written }];
}

/** Those that stay when another version of the app is brought out. */
export function versionless(labels: readonly Label[]): readonly Label[] {
  return labels.filter(({ key }) => !versions.test(key.text));
}
