/** Files over the connection: the client reads them. */
import type { Connection } from 'vscode-languageserver';
import { canonicalUri } from '../core/index';
import type { FileClient } from '../files/served';
import type { FindFilesParams, ReadFilesParams } from './protocol';
import { methods } from './protocol';

export function fileClient(connection: Connection): FileClient {
  return {
    async find(places) {
      const params: FindFilesParams = { places };
      const uris: readonly string[] = await connection.sendRequest(methods.findFiles, params);
      return uris.map(canonicalUri);
    },
    read(uris) {
      const params: ReadFilesParams = { uris };
      return connection.sendRequest(methods.readFiles, params);
    },
  };
}
