/** The documents that are open in the editor. Their text, saved or not, stands before what is on disk. */
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { canonicalUri } from '../core/index';

export interface Documents {
  readonly open: (params: DidOpenTextDocumentParams) => void;
  readonly change: (params: DidChangeTextDocumentParams) => void;
  readonly close: (params: DidCloseTextDocumentParams) => void;
  readonly has: (uri: string) => boolean;
  readonly uris: () => Iterable<string>;
  /** A URI as the client wrote it when it opened the document. */
  readonly spelled: (uri: string) => string;
  /** Texts that were opened or changed since the last call. */
  readonly takeChanged: () => (readonly [uri: string, text: string])[];
}

export function createDocuments(): Documents {
  const documents = new Map<string, TextDocument>();
  const changed = new Set<string>();
  return {
    open({ textDocument: { uri, languageId, version, text } }) {
      documents.set(canonicalUri(uri), TextDocument.create(uri, languageId, version, text));
      changed.add(canonicalUri(uri));
    },
    change({ textDocument, contentChanges }) {
      const uri = canonicalUri(textDocument.uri);
      const document = documents.get(uri);
      if (!document) return;
      documents.set(uri, TextDocument.update(document, contentChanges, textDocument.version));
      changed.add(uri);
    },
    close({ textDocument }) {
      const uri = canonicalUri(textDocument.uri);
      documents.delete(uri);
      changed.delete(uri);
    },
    has: (uri) => documents.has(uri),
    uris: () => documents.keys(),
    spelled: (uri) => documents.get(uri)?.uri ?? uri,
    takeChanged() {
      const taken = [...changed].flatMap((uri) => {
        const document = documents.get(uri);
        return document ? [[uri, document.getText()] as const] : [];
      });
      changed.clear();
      return taken;
    },
  };
}
