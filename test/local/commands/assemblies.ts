import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, CfnOutput, CfnParameter, custom_resources as cr, CustomResource, aws_lambda as lambda, RemovalPolicy, aws_s3 as s3, Stack, type StackProps } from 'aws-cdk-lib';

const HANDLER = `
exports.onEvent = async ({ RequestType, PhysicalResourceId, ResourceProperties }) => {
  if (ResourceProperties.Fail === RequestType) throw new Error('told to fail');
  return { PhysicalResourceId: 'thing-' + ResourceProperties.Version, Data: { Version: ResourceProperties.Version } };
};
let polls = 0;
exports.isComplete = async () => (++polls < 3 ? { IsComplete: false } : { IsComplete: true, Data: { Polls: String(polls) } });
`;

/** Folders of one test file, gone when it ends. */
export class TestAssemblies {
  private readonly root = mkdtempSync(path.join(os.tmpdir(), 'assemblies-'));
  private count = 0;

  /** Synthesises what `declare` puts into an app. */
  synthesise(declare: (app: App) => void): string {
    const app = new App({ outdir: path.join(this.root, `${++this.count}`), analyticsReporting: false });
    declare(app);
    return app.synth().directory;
  }

  /** A stack with a bucket and a custom resource behind CDK's provider framework, its handler a file asset. */
  thing(app: App, version: string, { fail, ...props }: StackProps & { fail?: string } = {}, id = 'Thing'): Stack {
    const stack = new Stack(app, id, props);
    const bucket = new s3.Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
    const handler = (name: string) => new lambda.Function(stack, name, {
      runtime: lambda.Runtime.NODEJS_22_X, handler: `index.${name}`, code: lambda.Code.fromAsset(this.handlerFolder()), environment: { BUCKET: bucket.bucketName },
    });
    const provider = new cr.Provider(stack, 'Provider', { onEventHandler: handler('onEvent'), isCompleteHandler: handler('isComplete') });
    const resource = new CustomResource(stack, 'Resource', { serviceToken: provider.serviceToken, properties: { Version: version, Fail: fail } });
    new CfnOutput(stack, 'Version', { value: resource.getAttString('Version') });
    new CfnOutput(stack, 'Polls', { value: resource.getAttString('Polls') });
    new CfnOutput(stack, 'Given', { value: new CfnParameter(stack, 'Text', { default: 'default' }).valueAsString });
    return stack;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private handlerFolder(): string {
    const folder = path.join(this.root, 'handler');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'index.js'), HANDLER);
    return folder;
  }
}
