import { Annotations, Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ConnectionProperties } from './private/connection-contract';
import { connectionProblems, withoutSlash } from './private/connection-validation';
import { refuse } from '../private/errors';
import { HandlerNetwork } from '../private/handler-function';
import { isKnown } from '../private/tokens';

const CLOUD = 'https://app.supervisely.com';

/** Properties of a `Connection`. */
export interface ConnectionProps {
  /**
   * The API token of an account on the server, in a secret. It is read whenever something is deployed or listed, and stands neither in the
   * template nor in an environment variable or log. A new version of the secret is used at once.
   */
  readonly apiToken: secretsmanager.ISecret;

  /**
   * Field of the secret that holds the token, if the secret is JSON.
   *
   * @default - the whole secret is the token
   */
  readonly apiTokenField?: string;

  /**
   * Address of the server, as `https://host` or `https://host:port`.
   *
   * @default 'https://app.supervisely.com'
   */
  readonly serverUrl?: string;

  /**
   * Whether the address may begin with `http://`. The token then travels in the clear: for a server on the same machine or in the same network.
   *
   * @default false
   */
  readonly allowPlainHttp?: boolean;

  /**
   * How long one request may take, 1 to 120 whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly requestTimeout?: Duration;

  /**
   * The network from which the server can be reached, for one of your own. It needs a way, by NAT or endpoints, to S3 and Secrets Manager; to
   * Step Functions and Lambda for a `DatasetImport`; to SSM for `ReconcileOn.ssmParameter`; and to EventBridge where events of jobs are to be heard.
   *
   * @default - the internet
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of `vpc`.
   *
   * @default - CDK's choice: the private subnets with egress
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of whoever calls the server from `vpc`.
   *
   * @default - one is made
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/**
 * A Supervisely server, and the account in whose name jobs are made there.
 *
 * @see https://developer.supervisely.com/getting-started/basics-of-authentication
 */
export class Connection extends Construct implements ec2.IConnectable {
  /** Address of the server, without a slash at its end. */
  public readonly serverUrl: string;
  /** The secret that holds the API token. */
  public readonly apiToken: secretsmanager.ISecret;
  /** The security groups of whoever calls the server; only with `vpc`. */
  public readonly connections: ec2.Connections;

  /** @internal */
  public readonly _network?: HandlerNetwork;
  /**
   * What every resource says of the server.
   *
   * @internal
   */
  public readonly _properties: Readonly<Record<keyof ConnectionProperties, unknown>>;

  /**
   * @param scope the construct that owns the connection
   * @param id the connection's id in its scope
   * @param props the server and the token
   */
  constructor(scope: Construct, id: string, props: ConnectionProps) {
    refuse(`${scope.node.path}/${id}`, connectionProblems(props));
    super(scope, id);
    this.serverUrl = withoutSlash(props.serverUrl ?? CLOUD);
    this.apiToken = props.apiToken;
    this._properties = {
      ServerUrl: this.serverUrl,
      SecretArn: this.apiToken.secretArn,
      SecretField: props.apiTokenField,
      AllowPlainHttp: props.allowPlainHttp ? 'true' : undefined,
      RequestTimeoutSeconds: props.requestTimeout?.toSeconds(),
    };
    this._network = this.networkOf(props);
    this.connections = new ec2.Connections({ securityGroups: this._network?.securityGroups });
    if (isKnown(this.serverUrl) && this.serverUrl.startsWith('http:')) {
      Annotations.of(this).addWarningV2('cdk-labeling-workflows:superviselyPlainHttp',
        `the API token travels to ${this.serverUrl} in the clear: use https:// unless the server is on the same machine or in the same network`);
    }
  }

  private networkOf({ vpc, vpcSubnets, securityGroups }: ConnectionProps): HandlerNetwork | undefined {
    if (!vpc) return undefined;
    const groups = securityGroups ?? [new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, description: `Calls of the Supervisely server for ${this.node.path}`.slice(0, 255) })];
    return { vpc, vpcSubnets, securityGroups: groups };
  }
}
