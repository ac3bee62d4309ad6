import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { ReadResource } from '../../kinds/read';
import { field, scalarAt, textAt } from '../../path';
import { isTemplated } from '../../templated';
import { pathSegments } from './invalid-backend';
import { badName, refused } from './refused';

const MAX_CONTROLLER = 250;

/** What the API server refuses in an IngressClass (validateIngressClassSpec). */
export function* invalidIngressClass({ tree }: ReadResource): Iterable<Draft> {
  const controller = field(tree, 'spec', 'controller');
  const text = textAt(controller) ?? '';
  if (text === '') yield refused(controller, say`an IngressClass needs a controller, such as k8s.io/ingress-nginx`);
  else if (text.length > MAX_CONTROLLER)
    yield refused(
      controller,
      say`the controller must be at most ${MAX_CONTROLLER} characters long (it has ${text.length})`,
    );
  yield* badName(controller, 'domainPrefixedPath', 'the controller');
  const parameters = field(tree, 'spec', 'parameters');
  if (parameters.value?.type !== 'map') return;
  yield* badName(field(parameters, 'apiGroup'), 'dns1123Subdomain', 'the API group');
  yield* pathSegments(parameters);
  const scope = field(parameters, 'scope');
  const namespace = field(parameters, 'namespace');
  switch (textAt(scope) ?? 'Cluster') {
    case 'Namespace':
      if (!scalarAt(namespace)) yield refused(namespace, say`parameters with scope Namespace need a namespace`);
      yield* badName(namespace, 'dns1123Label', 'the namespace');
      break;
    case 'Cluster':
      if (scalarAt(namespace)) yield refused(namespace, say`parameters with scope Cluster must not have a namespace`);
      break;
    default:
      if (!isTemplated(textAt(scope) ?? ''))
        yield refused(scope, say`scope ${textAt(scope)} is unknown; parameters have scope Cluster or Namespace`);
  }
}
