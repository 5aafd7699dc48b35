import type { JobReport } from '@aws-sdk/client-s3-control';
import { checkBucketArn } from './arns';
import type { EngineSettings } from '../../../core/engine';
import { badRequest } from '../errors';

export function checkReport({ accountId }: EngineSettings, report: JobReport): void {
  if (!report.Enabled) return;
  for (const member of ['Bucket', 'Format', 'ReportScope'] as const) {
    if (report[member] === undefined) throw badRequest(`Report.${member} is required when the report is enabled`);
  }
  checkBucketArn('Report.Bucket', report.Bucket);
  if (report.ExpectedBucketOwner !== undefined && report.ExpectedBucketOwner !== accountId) {
    throw badRequest(`Report.ExpectedBucketOwner ${report.ExpectedBucketOwner} does not own ${report.Bucket}`);
  }
}
