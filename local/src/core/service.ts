/** What every simulated service is made of. The wire (parsing, constraints, serialising) is in `../wire`; a service sees plain objects. */

/** Who calls, as the signature's access key says. */
export interface Caller {
  readonly accessKeyId: string;
  /** `arn:aws:iam::…:root` for the engine's own keys, an assumed-role ARN for a Lambda's. */
  readonly arn: string;
  /** Name of the Lambda function whose process made the call. */
  readonly functionName?: string;
}

export interface RequestContext {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One operation: input and output are plain objects whose members are spelled as in the service's public model;
 * timestamps are `Date`, blobs are `Buffer`. The input has passed the generated constraints already.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the services' models at run time
export type Operation = (input: any, context: RequestContext) => any;

export interface Service {
  /** The folder name of the service's public model: `sagemaker`, `s3`, `stepfunctions`, … */
  readonly name: string;
  /** Served operations only: what is not here answers `NotImplemented` and names itself. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** What the served operations leave out, for `FIDELITY.md`: operation -> sentence. */
  readonly simplified?: Readonly<Record<string, string>>;
}

/** An error as the service itself would answer it. */
export class ServiceError extends Error {
  constructor(readonly code: string, message: string, readonly statusCode: number = 400, readonly members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
  }
}
