import type { MemberResult } from './merge-member';
import { EXPORT_FILES, ExportCounts, ExportMember, ExportPlan, ExportSummary } from '../../src/groundtruth/private/labels-export-contract';
import { under } from '../shared/s3-uri';

const COUNTS = ['objects', 'labeled', 'failed', 'unlabeled', 'unmatched'] as const satisfies ReadonlyArray<keyof ExportCounts>;

export function summaryOf({ resultUri }: ExportPlan, members: readonly ExportMember[], results: readonly MemberResult[], now: number): ExportSummary {
  const totals = Object.fromEntries(COUNTS.map((name) => [name, results.reduce((sum, result) => sum + result[name], 0)]));
  return {
    format: 1,
    exportedAt: new Date(now).toISOString(),
    labels: under(resultUri, EXPORT_FILES.labels),
    table: under(resultUri, EXPORT_FILES.table),
    ...totals as unknown as ExportCounts,
    jobs: members.map(({ key }, index) => {
      const { inputKeys, missing, ...result } = results[index];
      return { key, ...result, ...(missing.length > 0 && { missing }) };
    }),
  };
}
