/** Files that are no Kubernetes objects but declare addresses: how they are recognised without being parsed. */

/** What such a file is; the words are shown to people as its kind. */
export type Foreign = 'compose' | 'daemon' | 'k3s' | 'flannel-values' | 'cilium-values' | 'tigera-values';

/** The group that such files are filed under; no API has it. */
export const foreignGroup = 'files';

/** The kind that people are shown. */
export const foreignKinds: Readonly<Record<Foreign, string>> = {
  compose: 'Compose file',
  daemon: 'Docker daemon configuration',
  k3s: 'k3s configuration',
  'flannel-values': 'values of flannel',
  'cilium-values': 'values of Cilium',
  'tigera-values': 'values of the Tigera operator',
};

/**
 * What a file is, by its name and a few words at the start of its lines; undefined for all others, which cost no more
 * than the search for these words.
 */
export function foreignKind(uri: string, text: string): Foreign | undefined {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  if (name === 'daemon.json') return text.includes('"bip"') || text.includes('-pool') ? 'daemon' : undefined;
  if (!/\.ya?ml$/.test(name)) return undefined;
  if (text.includes('subnet:') && /^networks:/m.test(text))
    return /^(?:docker-)?(?:compose|stack)\b.*\.ya?ml$/.test(name) || /^services:/m.test(text) ? 'compose' : undefined;
  if (text.includes('podCidr:') && /^podCidr:/m.test(text))
    return /^flannel:/m.test(text) ? 'flannel-values' : undefined;
  if (text.includes('clusterPoolIPv')) return /^ipam:/m.test(text) ? 'cilium-values' : undefined;
  if (text.includes('calicoNetwork:')) return /^installation:/m.test(text) ? 'tigera-values' : undefined;
  const mayBeK3s = ['cluster-cidr', 'service-cidr', 'cluster-dns', 'flannel-backend'].some((key) => text.includes(key));
  return mayBeK3s && /^(?:cluster-cidr|service-cidr|cluster-dns|flannel-backend):/m.test(text) ? 'k3s' : undefined;
}
