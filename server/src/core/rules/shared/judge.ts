/** Runs the rules. Each run is wrapped once: a rule that throws is logged by its name and takes nothing else down. */
import type { Draft, Finding, Fix } from '../../finding';
import type { ReadResource } from '../../kinds/read';
import type { Resource } from '../../resource';
import type { Settings } from '../../settings';
import type { TextOf } from '../../text';
import type { Span } from '../../value';
import type { Judge } from '../../judge';
import type { Rule } from '../define';
import { bySubjects, subjectsOf, subjectsOfAll, subjectsOfRule } from './subjects';

/** Told of a rule that threw: its id, the file it was judging, and the error. */
export type RuleLog = (rule: string, uri: string, error: unknown) => void;

/** A judge that runs these rules; `ids` are those of all rules that there are. Files of charts and kustomizations are not judged raw. */
export function createJudge(rules: readonly Rule[], ids: readonly string[], log: RuleLog): Judge {
  const local = bySubjects(rules.filter((rule) => rule.document ?? rule.resource ?? rule.together));
  const bundled = bySubjects(rules.filter((rule) => rule.bundle ?? rule.together));
  const alone = bySubjects(rules.filter((rule) => rule.resource));
  const linked = bySubjects(rules.filter((rule) => rule.linked));
  const run = (rules: readonly Rule[], uri: string, off: Off, judge: (rule: Rule, add: Add) => void): Finding[] => {
    const findings: Finding[] = [];
    for (const rule of rules) {
      if (off[rule.id] === 'off') continue;
      const before = findings.length;
      try {
        judge(rule, (drafts, resource) => {
          for (const draft of drafts) findings.push(finish(rule, draft, resource));
        });
      } catch (error) {
        findings.length = before;
        log(rule.id, uri, error);
      }
    }
    return findings;
  };
  return {
    local(file, settings) {
      if (file.documents.length === 0) return [];
      const reads = file.documents.flatMap((item) => item.reads);
      const textOf = (uri: string) => (uri === file.uri ? file.text : undefined);
      return run(local(subjectsOfAll(reads)), file.uri, settings.rules, (rule, add) => {
        if (rule.document) for (const item of file.documents) add(rule.document(item, file, settings));
        if (file.role === 'plain') judgeTogether(rule, reads, settings, textOf, add);
      });
    },
    rendered: (bundle, settings) =>
      run(bundled(subjectsOfAll(bundle.reads)), bundle.from, settings.rules, (rule, add) => {
        if (rule.bundle) add(rule.bundle(bundle, settings));
        if (rule.together) add(rule.together(bundle.reads, settings));
      }),
    alone: (read, from, settings, textOf) =>
      run(alone(subjectsOf(read.resource)), from, settings.rules, (rule, add) => {
        if (rule.resource) add(rule.resource(read, settings, textOf), read.resource);
      }),
    failed: log,
    linked: (resource, links, settings) =>
      run(linked(subjectsOf(resource)), resource.uri, settings.rules, (rule, add) =>
        add(rule.linked?.(resource, links, settings) ?? [], resource),
      ),
    config: (config) => run(rules, config.uri, {}, (rule, add) => add(rule.config?.(config, ids) ?? [])),
    ignores(uri, ignores, settings) {
      // What a rule that does not run would find is not known.
      const running = new Set(['all', ...rules.map(({ id }) => id).filter((id) => settings.rules[id] !== 'off')]);
      const judged = ignores.map((ignore) => ({
        ...ignore,
        rules: ignore.rules.filter(({ id }) => running.has(id) || !ids.includes(id)),
      }));
      return run(rules, uri, settings.rules, (rule, add) => add(rule.ignores?.(judged, ids) ?? []));
    },
  };
}

/** The levels of settings: a rule that is off does not run. */
type Off = Settings['rules'];

/** Takes what a rule said; `resource` is the one that was judged, where it judged one. */
type Add = (drafts: Iterable<Draft>, resource?: Resource) => void;

function judgeTogether(rule: Rule, reads: readonly ReadResource[], settings: Settings, textOf: TextOf, add: Add): void {
  const { resource, together } = rule;
  const wanted = resource ? subjectsOfRule(rule) : 0;
  if (resource)
    for (const read of reads)
      if (reads.length === 1 || (subjectsOf(read.resource) & wanted) !== 0)
        add(resource(read, settings, textOf), read.resource);
  if (together) add(together(reads, settings));
}

function finish(rule: Rule, draft: Draft, judged: Resource | undefined): Finding {
  return {
    ...draft,
    resource: draft.resource ?? judged,
    rule: rule.id,
    related: draft.related ?? [],
    fixes: unlike((draft.fixes ?? []).filter(({ edits }) => edits.every(({ at }) => isVerbatim(at)))),
  };
}

/** False where the value is not what is written at the place: a prefixed name, say. An edit there would not give what it promises. */
function isVerbatim(at: Span): boolean {
  return !('verbatim' in at) || at.verbatim !== false;
}

/** Two candidates may be mended by one edit. */
function unlike(fixes: readonly Fix[]): readonly Fix[] {
  return fixes.length < 2 ? fixes : [...new Map(fixes.map((fix) => [JSON.stringify(fix.edits), fix])).values()];
}
