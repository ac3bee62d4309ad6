/** Reads what a build gives. What an edit left as it was is taken over with its findings: one base has many overlays. */
import type { BuiltResource } from './bundle/kustomize/build';
import type { Finding } from './finding';
import { say } from './finding';
import type { Judge } from './judge';
import type { ReadResource } from './kinds/read';
import { readResources } from './kinds/read';
import { sameOrigin, sameValue } from './same-value';
import type { Settings } from './settings';
import type { TextOf } from './text';
import type { Span } from './value';

/** An object of a build, and what was read from it. */
export interface RenderedObject {
  readonly built: BuiltResource;
  readonly reads: readonly ReadResource[];
  /** What each resource decides on its own. */
  readonly findings: readonly Finding[];
  /** The texts of files that the fixes were made for. */
  readonly texts: ReadonlyMap<string, string | undefined>;
}

/** What a bundle was read as, for one state of its settings. */
export interface RenderedObjects {
  readonly settings: Settings;
  readonly objects: readonly RenderedObject[];
}

/** Reads and judges objects; those that are as `before` at the same place are not read again. `id` is that of the bundle. */
export function renderObjects(
  judge: Judge,
  id: string,
  from: string,
  settings: Settings,
  built: readonly BuiltResource[],
  textOf: TextOf,
  before: RenderedObjects | undefined,
): RenderedObjects {
  const known = before?.settings === settings ? before.objects : [];
  const objects = built.map((item, index) => {
    const former = known[index];
    if (
      former &&
      sameOrigin(former.built.source, item.source) &&
      sameValue(former.built.tree, item.tree) &&
      [...former.texts].every(([uri, text]) => textOf(uri) === text)
    )
      return { ...former, built: { ...former.built, formerNames: item.formerNames } };
    const tree = { ...item.tree, origin: item.source };
    const reads = readResources(tree, false, index, settings.namespace || undefined, id);
    const texts = new Map<string, string | undefined>();
    const asked: TextOf = (uri) => {
      const text = textOf(uri);
      texts.set(uri, text);
      return text;
    };
    const findings = reads.flatMap((read) => judged(judge, read, from, settings, asked, item.source));
    return { built: item, reads, findings, texts };
  });
  return { settings, objects };
}

/** What stands elsewhere, in a patch or where a replacement takes it from, is told with the object that gets it. */
function judged(
  judge: Judge,
  read: ReadResource,
  from: string,
  settings: Settings,
  textOf: TextOf,
  { uri, start, end }: Span,
): readonly Finding[] {
  const isOwn = ({ at }: Finding) => at.uri === uri && at.start >= start && at.end <= end;
  const { resource } = read;
  return judge
    .alone(read, from, settings, textOf)
    .map((finding) =>
      isOwn(finding)
        ? finding
        : { ...finding, related: [...finding.related, { at: resource.at, message: say`${resource} gets it` }] },
    );
}
