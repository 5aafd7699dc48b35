import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { ExportFiles } from '../labels-export/ports';
import type { Downloader } from '../shared/supervisely/client';

/** Everything the function touches outside of itself; tests replace all of it. */
export interface ExportPorts {
  connect(connection: ConnectionInput): Downloader;
  readonly files: ResultFiles;
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
}

export interface ResultFiles extends ExportFiles {
  put(uri: string, contentType: string, bytes: Uint8Array): Promise<void>;
  exists(uri: string): Promise<boolean>;
}
