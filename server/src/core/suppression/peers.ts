/**
 * Checks of other linters that say what rules of ours say, so that a manifest that switches them off is left in peace.
 * Names are those of kube-linter's built-in checks and of kube-score's check ids.
 */

/** kube-linter: `ignore-check.kube-linter.io/CHECK`. */
export const kubeLinterChecks: ReadonlyMap<string, readonly string[]> = new Map([
  ['dangling-horizontalpodautoscaler', ['autoscaler-target']],
  ['dangling-ingress', ['ingress-service-unresolved', 'ingress-port-unresolved']],
  ['dangling-networkpolicy', ['policy-selects-nothing']],
  ['dangling-networkpolicypeer-podselector', ['policy-peer-matches-nothing']],
  ['dangling-service', ['service-selector-matches-nothing', 'service-no-endpoints']],
  ['dangling-servicemonitor', ['monitor-unresolved']],
  ['invalid-target-ports', ['invalid-name']],
  ['liveness-port', ['probe-port-unresolved']],
  ['mismatching-selector', ['workload-selector-mismatch']],
  ['no-extensions-v1beta', ['removed-api']],
  ['non-isolated-pod', ['workload-not-isolated']],
  ['readiness-port', ['probe-port-unresolved']],
  ['startup-port', ['probe-port-unresolved']],
]);

/** kube-score: `kube-score/ignore: CHECK[,CHECK]`. */
export const kubeScoreChecks: ReadonlyMap<string, readonly string[]> = new Map([
  ['container-ports-check', ['invalid-pod-ports', 'invalid-name']],
  ['deployment-pod-selector-labels-match-template-metadata-labels', ['workload-selector-mismatch']],
  ['horizontalpodautoscaler-has-target', ['autoscaler-target']],
  ['ingress-targets-service', ['ingress-service-unresolved', 'ingress-port-unresolved']],
  ['label-values', ['invalid-label']],
  ['networkpolicy-targets-pod', ['policy-selects-nothing']],
  ['pod-networkpolicy', ['workload-not-isolated']],
  ['service-targets-pod', ['service-selector-matches-nothing', 'service-no-endpoints']],
  ['stable-version', ['removed-api']],
  ['statefulset-has-servicename', ['statefulset-service']],
  ['statefulset-pod-selector-labels-match-template-metadata-labels', ['workload-selector-mismatch']],
]);
