import type { Call } from './command';
import { checkConfigs } from './config';
import { tellLeftAlone } from './left-alone';
import { load } from './load';

/**
 * What commands that describe a world read: the files of PATH, their settings, the namespace of what names none. Rules run
 * only for those that show findings.
 */
export async function readWorld(call: Call, showsFindings = false) {
  const loaded = await load(call, { namespace: 'default' }, showsFindings ? undefined : []);
  checkConfigs(loaded, call);
  const settings = loaded.snapshot.settingsOf(loaded.from.endsWith('/') ? `${loaded.from}.` : loaded.from);
  tellLeftAlone(loaded, call);
  return { config: { settings }, namespace: settings.namespace, loaded };
}
