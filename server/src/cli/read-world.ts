import type { Call } from './command';
import { readConfig } from './config';
import { tellLeftAlone } from './left-alone';
import { load } from './load';

/** What commands that describe a world read: the configuration, the namespace of what names none, the files of PATH. */
export async function readWorld(call: Call) {
  const config = readConfig(call.options.text('config'), call.io.cwd);
  const namespace = call.options.text('namespace') ?? 'default';
  const loaded = await load(call, config, namespace);
  tellLeftAlone(loaded, call);
  return { config, namespace, loaded };
}
