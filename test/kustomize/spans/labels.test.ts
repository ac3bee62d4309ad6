/** Labels and annotations that a build adds point to what asks for them. */
import { check } from './check';

check(
  'labels point into the kustomization, keys and values',
  'commonLabels:\n  team: shop\n  app: other\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/labels/team': { at: 'kustomization.yaml:2 shop', verbatim: true },
    'Deployment metadata/labels/team#': { at: 'kustomization.yaml:2 team', verbatim: true },
    'Deployment spec/template/metadata/labels/team': { at: 'kustomization.yaml:2 shop', verbatim: true },
    'Deployment spec/selector/matchLabels/app': {
      at: 'kustomization.yaml:3 other',
      verbatim: true,
      via: ['web.yaml:8 web'],
    },
  },
);

check(
  'labels with pairs',
  'labels:\n  - pairs: { team: shop }\n    includeTemplates: true\nresources: [web.yaml]\n',
  {},
  {
    'Deployment spec/template/metadata/labels/team': { at: 'kustomization.yaml:2 shop', verbatim: true },
  },
);

check(
  'annotations',
  'commonAnnotations:\n  note: "yes"\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/annotations/note': { at: 'kustomization.yaml:2 "yes"', verbatim: true },
  },
);

check(
  'build metadata',
  'buildMetadata: [originAnnotations]\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/annotations/config.kubernetes.io~origin': {
      at: 'kustomization.yaml:1 originAnnotations',
      verbatim: false,
    },
  },
);

check(
  'a transformer file',
  'resources: [web.yaml]\ntransformers: [t.yaml]\n',
  {
    't.yaml':
      'apiVersion: builtin\nkind: LabelTransformer\nmetadata: { name: t }\nlabels:\n  team: shop\nfieldSpecs: [{ path: metadata/labels, create: true }]\n',
  },
  {
    'Deployment metadata/labels/team': { at: 't.yaml:5 shop', verbatim: true },
  },
);

check(
  'labels in selectors and in fields of their own',
  'labels:\n  - pairs: { app: other }\n    includeSelectors: true\n    fields: [{ path: spec/note, create: true }]\nresources: [web.yaml]\n',
  {},
  {
    'Deployment spec/selector/matchLabels/app': {
      at: 'kustomization.yaml:2 other',
      verbatim: true,
      via: ['web.yaml:8 web'],
    },
    'Deployment spec/note/app': { at: 'kustomization.yaml:2 other', verbatim: true },
  },
);

check(
  'a label of the tool points to what asks for it',
  'buildMetadata: [managedByLabel]\nresources: [web.yaml]\n',
  {},
  {
    'Deployment metadata/labels/app.kubernetes.io~managed-by': {
      at: 'kustomization.yaml:1 managedByLabel',
      verbatim: false,
    },
  },
);

check(
  'a label that is one in several fields points to the last that wrote it, under lists too',
  'resources: [base]\nlabels:\n  - pairs: { tier: z }\n',
  {
    'base/kustomization.yaml': 'resources: [set.yaml]\nlabels:\n  - pairs: { tier: x }\n    includeSelectors: true\n',
    'base/set.yaml':
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      topologySpreadConstraints:\n        - labelSelector:\n            matchLabels: { app: web }\n',
  },
  {
    'StatefulSet metadata/labels/tier': {
      at: 'kustomization.yaml:3 z',
      verbatim: true,
      via: ['base/kustomization.yaml:3 x'],
    },
    'StatefulSet spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/tier': {
      at: 'kustomization.yaml:3 z',
      verbatim: true,
      via: ['base/kustomization.yaml:3 x'],
    },
    'StatefulSet spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/app': {
      at: 'base/set.yaml:9 web',
      verbatim: true,
    },
  },
);
