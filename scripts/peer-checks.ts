/** Checks of other tools, most of them of two or more, and what Podpath says of the same thing: its rules, or why it says nothing. */

/**
 * What is checked, as a question; who asks it; the ids of the rules that answer it, several where Podpath tells cases
 * apart, none where it says nothing; and why, or what the rules leave out.
 */
export type PeerCheck = readonly [question: string, tools: string, rules: string, reason?: string];

/** By what they are about. */
export const peerChecks: Readonly<Record<string, readonly PeerCheck[]>> = {
  Service: [
    [
      'Does the selector match a pod?',
      'kube-linter, kube-score, Kubescape, Kubevious, Popeye, KICS, Monokle, k8sgpt',
      'service-selector-matches-nothing',
    ],
    [
      'Are there endpoints?',
      'Popeye, k8sgpt',
      'service-no-endpoints, service-selector-matches-nothing, service-port-unresolved',
    ],
    [
      'Does the targetPort exist in the selected pods?',
      'Kubevious, Popeye, KICS',
      'service-port-unresolved, service-port-partly-resolved, service-port-undeclared',
      'A number needs no container port: one that is not declared is a hint.',
    ],
    [
      'Are port names and numbers valid?',
      'kube-linter, kube-score',
      'invalid-service, invalid-name, invalid-pod-ports',
    ],
    [
      'Is the type NodePort or LoadBalancer?',
      'kube-linter, kube-score, Monokle, Datree, Popeye',
      '',
      'A way into the cluster is no mistake; a team that wants none forbids it by an admission policy.',
    ],
  ],
  Pods: [
    [
      'Does the selector of a workload match its template?',
      'kube-linter, kube-score, Kubescape, Popeye',
      'workload-selector-mismatch',
    ],
    ['Does the serviceName of a StatefulSet name a headless Service?', 'kube-score, k8sgpt', 'statefulset-service'],
    [
      'Are ports of probes declared?',
      'kube-linter',
      'probe-port-unresolved',
      'Only a name must be declared: a probe of a number works without.',
    ],
    ['Are label values valid?', 'kube-score, Datree', 'invalid-label, label-not-a-string'],
    [
      'Is hostNetwork or hostPort used?',
      'kube-linter, Checkov, Monokle, Polaris',
      'host-port-conflict, host-network-dns, host-network-bypasses-policy',
      'Using them is a decision. What breaks by it is found: two pods on one port, names that do not resolve.',
    ],
    ['Are ports below 1024, or is port 22, used?', 'kube-linter, Monokle', '', 'A port number is no mistake.'],
    [
      'Does a policy isolate each pod?',
      'kube-linter, kube-score, Popeye, Checkov, Kubescape, Polaris, KICS',
      'workload-not-isolated',
      'It is off unless its level is set: a pod without policies is no mistake, and policies of other kinds (Cilium, Calico) would be missed.',
    ],
  ],
  Ingress: [
    [
      'Is the Service of a backend there?',
      'kube-linter, kube-score, Kubevious, Popeye, Kubescape, Monokle, k8sgpt',
      'ingress-service-unresolved, route-leads-nowhere',
    ],
    [
      'Does the Service have the port of the backend?',
      'kube-linter, kube-score, Kubevious, Popeye',
      'ingress-port-unresolved',
    ],
    ['Does each backend name exactly one port?', 'Kubevious, Popeye', 'invalid-ingress'],
    ['Is the class there, and is one the default?', 'k8sgpt, Kubevious', 'ingress-class'],
    ['Does the TLS section fit: the Secret, the hosts?', 'Kubevious, k8sgpt', 'ingress-tls'],
    ['Is TLS configured at all?', 'Polaris, Kubescape', '', 'Something before the cluster may terminate TLS.'],
  ],
  NetworkPolicy: [
    [
      'Does the podSelector match a pod?',
      'kube-linter, kube-score, Kubescape, Popeye, Kubevious, KICS, Monokle, k8sgpt',
      'policy-selects-nothing',
    ],
    [
      'Are the ports of a policy ports of the pods?',
      'Kubevious, netpol-analyzer',
      'policy-port-unresolved, policy-port-is-service-port',
      'A number that no container declares is fine.',
    ],
    ['Do the policyTypes fit the rules?', 'Cyclonus', 'policy-types'],
    [
      'Does each peer of a policy match a pod or a namespace?',
      'kube-linter, Popeye, Kubevious',
      'policy-peer-matches-nothing',
      'Controllers and monitoring live elsewhere: a peer that means them is information at most.',
    ],
    ['Do policies let pods ask DNS?', 'Cyclonus', 'policy-blocks-dns', 'Only pods that call names need it.'],
    ['Do policies close the pods behind an Ingress or Route?', 'netpol-analyzer', 'policy-blocks-route'],
    ['Is a policy or a rule contained in another?', 'network-config-analyzer', 'policy-redundant'],
    [
      'Does an ipBlock hold the address of a pod?',
      'Popeye',
      'policy-cidr',
      'Most blocks mean addresses outside of the cluster; one of Services never matches.',
    ],
  ],
  'Gateway API': [
    ['Is the GatewayClass there?', 'Popeye, Kubevious, k8sgpt', 'gateway-class'],
    [
      'Is the Gateway of a route there, and the listener?',
      'Popeye, Kubevious, k8sgpt, gwctl',
      'route-parent-unresolved, route-not-allowed',
    ],
    [
      'Is the Service of a backendRef there, and its port?',
      'Popeye, Kubevious, Kubescape, k8sgpt, gwctl',
      'route-backend-unresolved, route-backend-port, reference-not-granted',
    ],
  ],
  'Other kinds': [
    [
      'Is the target of an autoscaler there?',
      'kube-linter, kube-score, Popeye, Kubescape, Kubevious, k8sgpt',
      'autoscaler-target',
    ],
    ['Does a PodDisruptionBudget cover a pod?', 'Popeye, k8sgpt', 'disruption-budget-selector'],
    [
      'Has each workload a PodDisruptionBudget, several replicas, probes?',
      'kube-linter, kube-score, Polaris, Popeye',
      '',
      'This is about availability, not about whether traffic arrives.',
    ],
    ['Do monitors select a Service?', 'kube-linter, Headlamp', 'monitor-unresolved'],
    ['Is the Service of a webhook there?', 'istioctl, k8sgpt, Headlamp', 'webhook-service'],
    ['Is the version of the API still served?', 'kube-linter, kube-score, Popeye, Pluto', 'removed-api'],
  ],
};

/** Actions that need no finding: their page, and what they do. */
export const actions: readonly { readonly id: string; readonly page: string; readonly does: string }[] = [
  {
    id: 'expose-workload',
    page: 'test/cases/action/expose-workload.md',
    does: 'Creates a Service for a workload that none selects, as `kubectl expose` would',
  },
];
