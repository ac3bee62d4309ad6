/** The whole public surface of the core. */
import { allRules } from './rules/shared/all';
import type { RuleLog } from './rules/shared/judge';
import { createJudge } from './rules/shared/judge';
import { Workspace } from './workspace';

/** A workspace that judges by all rules (or by those whose ids are named). `log` is told of rules that throw. */
export function createWorkspace(log: RuleLog, only?: readonly string[]): Workspace {
  const rules = only ? allRules.filter((rule) => only.includes(rule.id)) : allRules;
  const ids = allRules.map(({ id }) => id);
  return new Workspace(createJudge(rules, ids, log));
}

export { allRules } from './rules/shared/all';
export { allKinds } from './kinds/table';
export type { Finding, Fix, Level, Related, Text, TextEdit } from './finding';
export { levels, render } from './finding';
export type { Rule } from './rules/define';
export type { ClosedWorld, RuleLevel, Settings, SettingSpec } from './settings';
export { choice, defaultSettings, readSettings, ruleLevels, settingSpecs } from './settings';
export type { Snapshot, Workspace } from './workspace';
export { positionAt, lineStarts } from './text';
export { lineOf, plainText } from './show';
export { canonicalUri, pathBelow, resolvePath } from './uri';
export { isConfig } from './config/read';
export type { ReadConfig } from './config/read';
export type { Baseline, BaselineEntry } from './config/baseline';
export { entryOf, isBaseline, keyOf, readBaseline, writeBaseline } from './config/baseline';
export { MAX_FILE_LENGTH, mayHoldManifests } from './bundle/file';
export { isChart, isKustomization, isSource } from './bundle/role';
export type { Span, Value } from './value';
export { readDocument } from './yaml';
export type { ContainerPort, EdgeType, Label, Reference, Resource, SelectorUse, ServicePort } from './resource';
export { endpointsOf } from './network/endpoints';
export type { Backend, Endpoints } from './network/endpoints';
export { familiesOf } from './network/addresses';
export type { EndpointAddress } from './network/addresses';
export { formatRange, parseAddress } from './cidr';
export type { End, OutsideEnd, PodEnd, Workload } from './network/policy/ends';
export type { Applied, Decision, Piece, RuleDecision } from './network/policy/decide';
export { evaluatePolicies } from './network/policy/evaluate';
export type { DirectionVerdict, Evaluation, Verdict } from './network/policy/evaluate';
export type { PolicyWorld } from './network/policy/world';
export { chooseRoute, matchHost } from './network/routes';
export { plain as escapeMarkdown } from './features/markdown';
export { hover } from './features/hover';
export type { Hover } from './features/hover';
export { definition } from './features/definition';
export type { Definition } from './features/definition';
export { references } from './features/references';
export { symbols } from './features/symbols';
export type { Symbol } from './features/symbols';
export { lenses } from './features/lenses';
export type { Lens } from './features/lenses';
export { topologyOf } from './topology';
export type { Topology, TopologyEdge, TopologyNode } from './topology';
export { worldOf } from './world';
export type { World } from './world';
export { serviceName } from './network/dns';
export { classifyName } from './network/dns-names';
export type { HostClass } from './network/dns-names';
export { podRecordModes, zoneOf } from './network/dns-zone';
export type { PodRecords, Zone, ZoneOptions } from './network/dns-zone';
export { answer, recordTypes } from './network/dns-answer';
export type { Answer, DnsRecord, RecordType } from './network/dns-answer';
export { whyNoName } from './network/dns-explain';
export { reverseName } from './network/dns-reverse';
export { candidates, resolverOf } from './network/dns-search';
export type { Resolver } from './network/dns-search';
