/** Asks every feature about every resource of a workspace; what throws is told to `fail`. */
import type { Snapshot } from '../../server/src/core/index';
import { definition, endpointsOf, hover, lenses, references, symbols, topologyOf } from '../../server/src/core/index';
import type { Failure } from './repositories';

/** The number of questions asked. */
export function askAll(snapshot: Snapshot, fail: (failure: Failure) => void): number {
  let asked = 0;
  const ask = (what: string, uri: string, question: () => unknown) => {
    asked += 1;
    try {
      question();
    } catch (error) {
      fail({ what, uri, error });
    }
  };
  for (const uri of snapshot.uris()) {
    const resources = snapshot.file(uri)?.resources ?? [];
    if (resources.length === 0) continue;
    ask('symbols', uri, () => symbols(snapshot, uri));
    ask('lenses', uri, () => lenses(snapshot, uri));
    for (const resource of resources) {
      const places = [
        resource.nameAt,
        ...resource.selectors.map((use) => use.at),
        ...resource.references.map((reference) => reference.name.origin),
      ].filter((at) => at.uri === uri);
      for (const { start } of places) {
        ask('hover', uri, () => hover(snapshot, uri, start));
        ask('definition', uri, () => definition(snapshot, uri, start));
        ask('references', uri, () => references(snapshot, uri, start, true));
      }
      const { service } = resource;
      if (service) ask('endpoints', uri, () => endpointsOf(resource, service, snapshot.links));
    }
  }
  const resources = [...snapshot.uris()].flatMap((uri) => snapshot.file(uri)?.resources ?? []);
  ask('topology', '', () => topologyOf(snapshot, { resources, namespace: undefined }));
  return asked;
}
