/**
 * The one function of an export of labels from Supervisely, called by its state machine with an action (see labels-export-contract.ts).
 *
 * What it may do, and why:
 *
 * | actions                                                              | resource                              |
 * |----------------------------------------------------------------------|---------------------------------------|
 * | secretsmanager:GetSecretValue                                        | the secret of the API token           |
 * | s3:GetObject, s3:ListBucket                                          | <state bucket>/<stack GUID>/*         |
 * | s3:GetObject, s3:PutObject, s3:AbortMultipartUpload, s3:DeleteObject | <result>/*                            |
 * | s3:ListBucket                                                        | the result's bucket                   |
 * | kms:Decrypt, kms:GenerateDataKey                                     | keys of these, where they have any    |
 */
import { s3 } from './shared/clients';
import type { LambdaContext } from './shared/custom-resource';
import { connecting } from './shared/supervisely/connect';
import { handleExport } from './supervisely-labels-export/handler';
import { S3ResultFiles } from './supervisely-labels-export/s3-result-files';
import type { LabelsExportEvent } from '../src/supervisely/private/labels-export-contract';

const files = new S3ResultFiles(s3);

export function handler(event: LabelsExportEvent, context: LambdaContext): Promise<object> {
  return handleExport(event, { connect: connecting(context), files, now: Date.now, remaining: () => context.getRemainingTimeInMillis() });
}
