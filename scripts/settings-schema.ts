/** JSON schemas and the documentation of the settings, from their table and the rules. */
import type { SettingSpec } from '../server/src/core/index';
import { allRules, ruleLevels, settingSpecs } from '../server/src/core/index';

type Schema = Readonly<Record<string, unknown>>;

/** The schema of one setting. */
export function settingSchema(spec: SettingSpec): Schema {
  const { description } = spec;
  if (spec.type === 'list') return { type: 'array', items: { type: 'string' }, description };
  if (spec.type === 'levels')
    return {
      type: 'object',
      properties: Object.fromEntries(
        allRules.map(({ id, summary }) => [id, { enum: ruleLevels, description: `${summary}.` }]),
      ),
      additionalProperties: false,
      description,
    };
  if (spec.type === 'ignores')
    return {
      type: 'object',
      additionalProperties: { type: 'array', items: { enum: ['all', ...allRules.map(({ id }) => id)] } },
      description,
    };
  return {
    type: 'string',
    ...(spec.values ? { enum: spec.values } : {}),
    ...(spec.pattern === undefined ? {} : { pattern: spec.pattern }),
    description,
  };
}

/** The schema of podpath.yaml. */
export function configSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'podpath.yaml',
    description: 'Settings of Podpath for a folder and all below it.',
    type: ['object', 'null'],
    properties: Object.fromEntries(
      settingSpecs.filter(({ editorOnly }) => editorOnly !== true).map((spec) => [spec.key, inFile(spec)]),
    ),
    additionalProperties: false,
  };
}

/** `1.30` without quotes is a number to a reader of YAML, and `off` may be a boolean; Podpath takes both as written. */
function inFile(spec: SettingSpec): Schema {
  const schema = settingSchema(spec);
  return spec.key.endsWith('Version') ? { ...schema, type: ['string', 'number'] } : schema;
}

/** The settings as a table in Markdown. */
export function settingsTable(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = settingSpecs.map(
    ({ key, default: value, values, description, editorOnly, example }) =>
      `| \`${key}\` | \`${typeof value === 'string' ? value || "''" : JSON.stringify(value)}\` | ${editorOnly === true ? 'editor' : 'editor, podpath.yaml'} | ${cell(description)}${values ? '' : ` Example: \`${cell(example)}\``} |`,
  );
  return ['| setting | default | where | |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}
