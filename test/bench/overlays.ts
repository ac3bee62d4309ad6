/** How long it takes from an edit in a base to the findings of all overlays that build on it. */
import type { SourceFile } from '../../server/src/files/files';
import { generate, root } from './generate';
import { loaded, percentile } from './measure';

export interface OverlayTimes {
  readonly median: number;
  readonly most: number;
}

/** `applications` in the base are two resources each, in every one of `overlays`. Milliseconds of processor time. */
export function overlayTimes(overlays: number, applications: number, rounds: number): OverlayTimes {
  const files = kustomized(overlays, applications);
  const workspace = loaded(root, files);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const index = round % applications;
    const file = files.find(({ uri }) => uri === `${root}/base/app-${index}/service.yaml`);
    if (!file) throw new Error('no such application');
    // A slip is typed, and typed away again.
    for (const text of [file.text.replace('selector:\n    app: ', 'selector:\n    app: x'), file.text]) {
      const start = process.cpuUsage();
      workspace.set(file.uri, text);
      const snapshot = workspace.snapshot();
      for (const stale of workspace.takeStale()) snapshot.findings(stale);
      const { user, system } = process.cpuUsage(start);
      times.push((user + system) / 1000);
    }
  }
  return { median: percentile(times, 0.5), most: Math.max(...times) };
}

/** Each overlay has a namespace, a prefix and labels of its own, and one patch. */
function kustomized(overlays: number, applications: number): SourceFile[] {
  const base = generate(applications, 'own')
    .filter(({ uri }) => /(deployment|service)\.yaml$/.test(uri))
    .map(({ uri, text }) => ({
      uri: uri.replace(/\/team-\d+\//, '/base/'),
      text: text.replace(/^ {2}namespace: .*\n/gm, ''),
    }));
  const resources = base.map(({ uri }) => `  - ${uri.slice(`${root}/base/`.length)}\n`).join('');
  const name = /name: (.*)/.exec(base[0]?.text ?? '')?.[1] ?? '';
  return [
    ...base,
    { uri: `${root}/base/kustomization.yaml`, text: `resources:\n${resources}` },
    ...Array.from({ length: overlays }, (_, index) => ({
      uri: `${root}/overlays/stage-${index}/kustomization.yaml`,
      text: `resources:
  - ../../base
namespace: stage-${index}
namePrefix: stage-${index}-
commonLabels:
  stage: stage-${index}
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: ${name}
      spec:
        replicas: ${index + 1}
`,
    })),
  ];
}
