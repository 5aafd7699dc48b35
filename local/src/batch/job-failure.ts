/** Why a job as a whole fails, as DescribeJob gives it. */
export class JobFailed extends Error {
  constructor(readonly failureCode: string, message: string) {
    super(message);
    this.name = 'JobFailed';
  }
}

export const invalidManifest = (detail: string) => new JobFailed('InvalidManifestContent', `Invalid Manifest Content: ${detail}`);
