/** What every simulated service is made of. The wire (parsing, constraints, serialising) is in `../wire`; a service sees plain objects. */

/** Who calls, as the signature's access key says. */
export interface Caller {
  readonly accessKeyId: string;
  /** `arn:aws:iam::…:root` for the engine's own keys, an assumed-role ARN for a Lambda's. */
  readonly arn: string;
  /** Name of the Lambda function whose process made the call. */
  readonly functionName?: string;
  /** A service that delivers something of its own accord, for a resource of the account. */
  readonly service?: { readonly principal: string; readonly sourceArn: string };
}

export interface RequestContext {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string>>;
  /** Awaits something that only time or another request brings (a long poll): the request lets go of the clock meanwhile. */
  waiting<T>(promise: Promise<T>): Promise<T>;
}

/**
 * One operation: input and output are plain objects whose members are spelled as in the service's public model;
 * timestamps are `Date`, blobs are `Buffer`. The input has passed the generated constraints already.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the services' models at run time
export type Operation = (input: any, context: RequestContext) => any;

/** Answers `/_local/<path>`: what it returns is sent as JSON (`undefined`: an empty object). */
export type ControlRoute = (body: Readonly<Record<string, unknown>>, parameters: Readonly<Record<string, string>>) => unknown;

export interface Service {
  /** The folder name of the service's public model: `sagemaker`, `s3`, `stepfunctions`, … */
  readonly name: string;
  /** Served operations only: what is not here answers `NotImplemented` and names itself. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** What the served operations leave out, for `FIDELITY.md`: operation -> sentence. */
  readonly simplified?: Readonly<Record<string, string>>;
  /** What holds for the whole service, for `FIDELITY.md`: sentences. */
  readonly notes?: readonly string[];
  /** The service's own control calls: `POST /_local/annotators`, `GET /_local/functions/:name/logs` -> handler. */
  readonly controlRoutes?: Readonly<Record<string, ControlRoute>>;
  /** Routes whose body is passed as it came: `PUT /_local/custom-resource-response/:token` -> handler. What it returns is sent as JSON. */
  readonly rawRoutes?: Readonly<Record<string, (body: Buffer, parameters: Readonly<Record<string, string>>) => unknown>>;
  /** Ends what the service has started (child processes, files). */
  stop?(): void | Promise<void>;
}

/** Makes a service; every service's folder exports one. It must not use other services before the first call. */
export type ServiceFactory = (core: import('./engine').EngineCore) => Service;

/** An error as the service itself would answer it. */
export class ServiceError extends Error {
  constructor(readonly code: string, message: string, readonly statusCode: number = 400, readonly members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
  }
}
