/** Checks of other tools, most of them of two or more, and what Podpath says of the same thing: its rules, or why it says nothing. */

export interface PeerCheck {
  readonly about: 'Service' | 'Pods' | 'Ingress' | 'NetworkPolicy' | 'Gateway API' | 'Other kinds';
  /** What is checked, as a question. */
  readonly question: string;
  readonly tools: readonly string[];
  /** Ids of rules that answer it; several where Podpath tells cases apart. */
  readonly rules?: readonly string[];
  /** Why there is no rule, or what the rules leave out. */
  readonly reason?: string;
}

export const peerChecks: readonly PeerCheck[] = [
  {
    about: 'Service',
    question: 'Does the selector match a pod?',
    tools: ['kube-linter', 'kube-score', 'Kubescape', 'Kubevious', 'Popeye', 'KICS', 'Monokle', 'k8sgpt'],
    rules: ['service-selector-matches-nothing'],
  },
  {
    about: 'Service',
    question: 'Are there endpoints?',
    tools: ['Popeye', 'k8sgpt'],
    rules: ['service-no-endpoints', 'service-selector-matches-nothing', 'service-port-unresolved'],
  },
  {
    about: 'Service',
    question: 'Does the targetPort exist in the selected pods?',
    tools: ['Kubevious', 'Popeye', 'KICS'],
    rules: ['service-port-unresolved', 'service-port-partly-resolved', 'service-port-undeclared'],
    reason: 'A number needs no container port: one that is not declared is a hint.',
  },
  {
    about: 'Service',
    question: 'Are port names and numbers valid?',
    tools: ['kube-linter', 'kube-score'],
    rules: ['invalid-service', 'invalid-name', 'invalid-pod-ports'],
  },
  {
    about: 'Service',
    question: 'Is the type NodePort or LoadBalancer?',
    tools: ['kube-linter', 'kube-score', 'Monokle', 'Datree', 'Popeye'],
    reason: 'A way into the cluster is no mistake; a team that wants none forbids it by an admission policy.',
  },
  {
    about: 'Pods',
    question: 'Does the selector of a workload match its template?',
    tools: ['kube-linter', 'kube-score', 'Kubescape', 'Popeye'],
    rules: ['workload-selector-mismatch'],
  },
  {
    about: 'Pods',
    question: 'Does the serviceName of a StatefulSet name a headless Service?',
    tools: ['kube-score', 'k8sgpt'],
    rules: ['statefulset-service'],
  },
  {
    about: 'Pods',
    question: 'Are ports of probes declared?',
    tools: ['kube-linter'],
    rules: ['probe-port-unresolved'],
    reason: 'Only a name must be declared: a probe of a number works without.',
  },
  {
    about: 'Pods',
    question: 'Are label values valid?',
    tools: ['kube-score', 'Datree'],
    rules: ['invalid-label', 'label-not-a-string'],
  },
  {
    about: 'Pods',
    question: 'Is hostNetwork or hostPort used?',
    tools: ['kube-linter', 'Checkov', 'Monokle', 'Polaris'],
    rules: ['host-port-conflict', 'host-network-dns', 'host-network-bypasses-policy'],
    reason: 'Using them is a decision. What breaks by it is found: two pods on one port, names that do not resolve.',
  },
  {
    about: 'Pods',
    question: 'Are ports below 1024, or is port 22, used?',
    tools: ['kube-linter', 'Monokle'],
    reason: 'A port number is no mistake.',
  },
  {
    about: 'Pods',
    question: 'Does a policy isolate each pod?',
    tools: ['kube-linter', 'kube-score', 'Popeye', 'Checkov', 'Kubescape', 'Polaris', 'KICS'],
    reason: 'A pod without policies is no mistake, and policies of other kinds (Cilium, Calico) would be missed.',
  },
  {
    about: 'Ingress',
    question: 'Is the Service of a backend there?',
    tools: ['kube-linter', 'kube-score', 'Kubevious', 'Popeye', 'Kubescape', 'Monokle', 'k8sgpt'],
    rules: ['ingress-service-unresolved', 'route-leads-nowhere'],
  },
  {
    about: 'Ingress',
    question: 'Does the Service have the port of the backend?',
    tools: ['kube-linter', 'kube-score', 'Kubevious', 'Popeye'],
    rules: ['ingress-port-unresolved'],
  },
  {
    about: 'Ingress',
    question: 'Does each backend name exactly one port?',
    tools: ['Kubevious', 'Popeye'],
    rules: ['invalid-ingress'],
  },
  {
    about: 'Ingress',
    question: 'Is the class there, and is one the default?',
    tools: ['k8sgpt', 'Kubevious'],
    rules: ['ingress-class'],
  },
  {
    about: 'Ingress',
    question: 'Does the TLS section fit: the Secret, the hosts?',
    tools: ['Kubevious', 'k8sgpt'],
    rules: ['ingress-tls'],
  },
  {
    about: 'Ingress',
    question: 'Is TLS configured at all?',
    tools: ['Polaris', 'Kubescape'],
    reason: 'Something before the cluster may terminate TLS.',
  },
  {
    about: 'NetworkPolicy',
    question: 'Does the podSelector match a pod?',
    tools: ['kube-linter', 'kube-score', 'Kubescape', 'Popeye', 'Kubevious', 'KICS', 'Monokle', 'k8sgpt'],
    rules: ['policy-selects-nothing'],
  },
  {
    about: 'NetworkPolicy',
    question: 'Are the ports of a policy ports of the pods?',
    tools: ['Kubevious', 'netpol-analyzer'],
    rules: ['policy-port-unresolved', 'policy-port-is-service-port'],
    reason: 'A number that no container declares is fine.',
  },
  {
    about: 'NetworkPolicy',
    question: 'Do the policyTypes fit the rules?',
    tools: ['Cyclonus'],
    rules: ['policy-types'],
  },
  {
    about: 'Gateway API',
    question: 'Is the GatewayClass there?',
    tools: ['Popeye', 'Kubevious', 'k8sgpt'],
    rules: ['gateway-class'],
  },
  {
    about: 'Gateway API',
    question: 'Is the Gateway of a route there, and the listener?',
    tools: ['Popeye', 'Kubevious', 'k8sgpt', 'gwctl'],
    rules: ['route-parent-unresolved', 'route-not-allowed'],
  },
  {
    about: 'Gateway API',
    question: 'Is the Service of a backendRef there, and its port?',
    tools: ['Popeye', 'Kubevious', 'Kubescape', 'k8sgpt', 'gwctl'],
    rules: ['route-backend-unresolved', 'route-backend-port', 'reference-not-granted'],
  },
  {
    about: 'Other kinds',
    question: 'Is the target of an autoscaler there?',
    tools: ['kube-linter', 'kube-score', 'Popeye', 'Kubescape', 'Kubevious', 'k8sgpt'],
    rules: ['autoscaler-target'],
  },
  {
    about: 'Other kinds',
    question: 'Does a PodDisruptionBudget cover a pod?',
    tools: ['Popeye', 'k8sgpt'],
    rules: ['disruption-budget-selector'],
  },
  {
    about: 'Other kinds',
    question: 'Has each workload a PodDisruptionBudget, several replicas, probes?',
    tools: ['kube-linter', 'kube-score', 'Polaris', 'Popeye'],
    reason: 'This is about availability, not about whether traffic arrives.',
  },
  {
    about: 'Other kinds',
    question: 'Do monitors select a Service?',
    tools: ['kube-linter', 'Headlamp'],
    rules: ['monitor-unresolved'],
  },
  {
    about: 'Other kinds',
    question: 'Is the Service of a webhook there?',
    tools: ['istioctl', 'k8sgpt', 'Headlamp'],
    rules: ['webhook-service'],
  },
  {
    about: 'Other kinds',
    question: 'Is the version of the API still served?',
    tools: ['kube-linter', 'kube-score', 'Popeye', 'Pluto'],
    rules: ['removed-api'],
  },
];

/** Actions that need no finding: their page, and what they do. */
export const actions: readonly { readonly id: string; readonly page: string; readonly does: string }[] = [
  {
    id: 'expose-workload',
    page: 'test/cases/action/expose-workload.md',
    does: 'Creates a Service for a workload that none selects, as `kubectl expose` would',
  },
];
