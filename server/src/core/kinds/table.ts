import type { GroupKind } from '../resource';
import { groupOf } from './groups';
import * as kinds from './index';
import type { KindTable } from './define';

/** By kind, then by group: asked so often that no key is made of both. */
const tables = new Map<string, Map<string, KindTable>>();
for (const table of Object.values(kinds)) {
  const groups = tables.get(table.kind) ?? new Map<string, KindTable>();
  tables.set(table.kind, groups);
  for (const group of [table.group, ...(table.olderGroups ?? [])]) groups.set(group, table);
}

/** The table of a kind, by its group or one of its older groups. */
export function tableOf({ group, kind }: GroupKind): KindTable | undefined {
  return tables.get(kind)?.get(group);
}

/** The group and kind that an object means today: `extensions/v1beta1` Ingress is networking.k8s.io's. */
export function successor(of: GroupKind): GroupKind {
  const table = tableOf(of);
  return table ? { group: table.group, kind: table.kind } : of;
}

/** As `successor`, from an apiVersion. */
export function groupKindOf(apiVersion: string, kind: string): GroupKind {
  return successor({ group: groupOf(apiVersion), kind });
}

/** True for what is one pod itself, not something that makes pods. */
export function isPod(of: GroupKind): boolean {
  return tableOf(of)?.pods?.template === '';
}

/** All tables, one for each kind. */
export const allKinds: readonly KindTable[] = Object.values(kinds);
