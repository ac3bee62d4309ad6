/** Runs the rules. Each run is wrapped once: a rule that throws is logged by its name and takes nothing else down. */
import type { ManifestFile } from '../bundle/file';
import type { Draft, Finding } from '../finding';
import type { Resource } from '../resource';
import type { Settings } from '../settings';
import type { Judge } from '../workspace';
import type { Rule } from './define';

/** Told of a rule that threw: its id, the file it was judging, and the error. */
export type RuleLog = (rule: string, uri: string, error: unknown) => void;

/** A judge that runs these rules. Files of charts and kustomizations are not judged raw. */
export function createJudge(rules: readonly Rule[], log: RuleLog): Judge {
  const run = (rule: Rule, uri: string, drafts: () => Iterable<Draft>): Finding[] => {
    try {
      return Array.from(drafts(), (draft) => ({
        ...draft,
        rule: rule.id,
        related: draft.related ?? [],
        fixes: draft.fixes ?? [],
      }));
    } catch (error) {
      log(rule.id, uri, error);
      return [];
    }
  };
  return {
    local: (file, settings) =>
      file.role === 'plain'
        ? rules.flatMap((rule) => run(rule, file.uri, () => localDrafts(rule, file, settings)))
        : [],
    linked: (resource, links, settings) =>
      rules.flatMap((rule) =>
        rule.linked
          ? run(rule, resource.uri, () =>
              Array.from(rule.linked?.(resource, links, settings) ?? [], (draft) => withResource(draft, resource)),
            )
          : [],
      ),
  };
}

function* localDrafts(rule: Rule, file: ManifestFile, settings: Settings): Iterable<Draft> {
  const { document, resource, together } = rule;
  if (document) for (const item of file.documents) yield* document(item, file, settings);
  const reads = file.documents.flatMap((item) => item.reads);
  if (resource)
    for (const read of reads) for (const draft of resource(read, settings)) yield withResource(draft, read.resource);
  if (together) yield* together(reads, settings);
}

function withResource(draft: Draft, resource: Resource): Draft {
  return draft.resource ? draft : { ...draft, resource };
}
