import { asText, type CustomResourceResponse, readResponse } from './response';
import type { EngineCore } from '../../../core/engine';
import { responseUrl } from '../../../core/response-url';
import {
  type ExistingResource, RequestUndelivered, ResourceCancelled, ResourceFailure, type ResourceProvider, type ResourceRequest, type ResourceResult,
} from '../deployment/resource-provider';
import { templateError } from '../template/errors';
import type { Json } from '../template/template';

const DEFAULT_TIMEOUT_SECONDS = 3600;

/** CloudFormation's protocol of custom resources: a request to a Lambda function or topic, an answer put to a URL. */
export class CustomResourceProvider implements ResourceProvider {
  readonly custom = true;
  private readonly awaited = new Map<string, (body: Buffer) => void>();

  constructor(private readonly core: EngineCore, private readonly newId: () => string) {}

  /** An answer has been put. Nobody waits for a second one, nor for one that comes too late. */
  receive(token: string, body: Buffer): void {
    this.awaited.get(token)?.(body);
  }

  async create(request: ResourceRequest): Promise<ResourceResult> {
    return this.result(request, await this.ask(request, 'Create', {}));
  }

  async update(request: ResourceRequest, { physicalId, properties }: ExistingResource): Promise<ResourceResult> {
    return this.result(request, await this.ask(request, 'Update', { PhysicalResourceId: physicalId, OldResourceProperties: asText(properties) }));
  }

  async delete(request: ResourceRequest, physicalId: string): Promise<void> {
    await this.ask(request, 'Delete', { PhysicalResourceId: physicalId });
  }

  private result({ initiated, secret }: ResourceRequest, { physicalId, data, noEcho }: CustomResourceResponse): ResourceResult {
    initiated(physicalId!);
    if (noEcho) {
      Object.values(data).forEach((value) => secret(value));
    }
    return { physicalId: physicalId!, attributes: data };
  }

  private async ask(request: ResourceRequest, RequestType: string, more: Json): Promise<CustomResourceResponse> {
    const { properties, logicalId, type, stack } = request;
    const identity = { StackId: stack.stackId, RequestId: this.newId(), LogicalResourceId: logicalId };
    const answer = this.answerTo(identity.RequestId, properties, request.signal);
    const { ServiceToken } = properties;
    try {
      await this.send(String(ServiceToken), {
        RequestType,
        ServiceToken,
        ResponseURL: responseUrl(stack.region, identity.RequestId),
        ...identity,
        ResourceType: type,
        ...more,
        ResourceProperties: asText(properties),
      });
    } catch (error) {
      answer.abandon();
      throw new RequestUndelivered((error as Error).message);
    }
    const response = readResponse(await request.waitFor(answer.body), identity);
    if (!response.succeeded) {
      throw new ResourceFailure(response.reason!, response.physicalId);
    }
    return response;
  }

  private async send(serviceToken: string, event: Json): Promise<void> {
    const message = JSON.stringify(event);
    if (/^arn:[^:]+:lambda:/.test(serviceToken)) {
      await this.core.call('lambda', 'Invoke', { FunctionName: serviceToken, InvocationType: 'Event', Payload: Buffer.from(message) });
    } else if (/^arn:[^:]+:sns:/.test(serviceToken)) {
      await this.core.call('sns', 'Publish', { TopicArn: serviceToken, Subject: 'AWS CloudFormation custom resource request', Message: message });
    } else {
      throw templateError(`Invalid service token: ${serviceToken} is neither the ARN of a Lambda function nor that of an SNS topic`);
    }
  }

  /** The next answer under this token, until the resource's time-out: a `work` event, so that a stack whose answer cannot come any more ends. */
  private answerTo(token: string, properties: Json, signal: AbortSignal): { body: Promise<Buffer>; abandon(): void } {
    const seconds = Number(properties.ServiceTimeout ?? DEFAULT_TIMEOUT_SECONDS);
    let abandon = () => {};
    const body = new Promise<Buffer>((resolve, reject) => {
      const timeout = this.core.clock.schedule(seconds * 1000, 'work', `time-out of custom resource request ${token}`, () => end(() =>
        reject(new ResourceFailure(`CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${token}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`))));
      const cancelled = () => end(() => reject(new ResourceCancelled()));
      const end = (settle: () => void) => {
        this.awaited.delete(token);
        timeout.cancel();
        signal.removeEventListener('abort', cancelled);
        settle();
      };
      this.awaited.set(token, (answer) => end(() => resolve(answer)));
      signal.addEventListener('abort', cancelled);
      abandon = () => end(() => reject(new ResourceCancelled()));
    });
    // a rejection before anybody waits is the sender's error already
    body.catch(() => {});
    return { body, abandon };
  }
}
