import * as dns from 'node:dns';
import * as http from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { SageMakerClient, type SageMakerClientConfig } from '@aws-sdk/client-sagemaker';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Account } from './check';

type Config = Pick<SageMakerClientConfig, 'region' | 'credentials'> & { readonly endpoint?: string };

/** AWS, or the engine on this machine. */
export function clientsOf(config: Config): Pick<Account, 'sagemaker' | 's3control' | 's3'> {
  return {
    sagemaker: new SageMakerClient(config),
    s3: new S3Client({ ...config, ...config.endpoint && { forcePathStyle: true } }),
    s3control: config.endpoint ? localS3Control(config) : new S3ControlClient(config),
  };
}

/** The SDK puts the account before the host's name, which an address cannot have, and which not every system finds below `localhost`. */
function localS3Control(config: Config): S3ControlClient {
  const url = new URL(config.endpoint!);
  const host = url.hostname;
  if (host === '127.0.0.1') url.hostname = 'localhost';
  const lookup: typeof dns.lookup = ((_name: string, options: dns.LookupOptions, callback: () => void) => (
    dns.lookup(host, options, callback))) as unknown as typeof dns.lookup;
  return new S3ControlClient({ ...config, endpoint: url.origin, requestHandler: new NodeHttpHandler({ httpAgent: new http.Agent({ lookup }) }) });
}
