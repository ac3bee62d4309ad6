import type { GroupKind } from '../resource';
import { groupKindKey } from '../resource';
import { groupOf } from './groups';
import * as kinds from './index';
import type { KindTable } from './define';

const tables = new Map<string, KindTable>();
for (const table of Object.values(kinds)) {
  for (const group of [table.group, ...(table.olderGroups ?? [])])
    tables.set(groupKindKey({ group, kind: table.kind }), table);
}

/** The table of a kind, by its group or one of its older groups. */
export function tableOf(of: GroupKind): KindTable | undefined {
  return tables.get(groupKindKey(of));
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
