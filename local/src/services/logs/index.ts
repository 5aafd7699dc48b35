import { LogStore, merged } from './log-store';
import { LogsOperations } from './operations';
import type { EngineCore } from '../../core/engine';
import { operationsOf } from '../../core/operations';
import type { Service } from '../../core/service';

export interface LogsService extends Service {
  /** A line from an AWS service; makes group and stream if they are missing. */
  write(logGroup: string, logStream: string, message: string): void;
  /** All kept lines of a group, oldest first; none if there is no such group. */
  lines(logGroup: string): string[];
}

/** CloudWatch Logs: the newest events of each stream, in memory. */
export function createLogs(core: EngineCore): LogsService {
  const store = new LogStore(core);
  return {
    name: 'logs',
    operations: operationsOf(new LogsOperations(store)),
    write: (group, stream, message) => store.write(group, stream, message),
    lines: (name) => {
      const group = store.all().find((candidate) => candidate.name === name);
      return group ? merged(group.streams.values()).map(({ message }) => message) : [];
    },
    simplified: {
      PutRetentionPolicy: 'recorded; events leave when a stream holds more than 10,000',
      FilterLogEvents: 'patterns of terms, phrases and regular expressions; patterns on JSON or columns answer NotImplemented',
      PutMetricFilter: 'recorded; makes no metrics',
    },
  };
}
