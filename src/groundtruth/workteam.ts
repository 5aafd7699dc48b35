import { Annotations, ArnFormat, Aws, IResource, Names, Resource, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { workteamArnProblems, workteamProblems } from './private/workteam-validation';
import { WorkteamMembers } from './workteam-members';
import { refuse } from '../private/errors';
import { isKnown } from '../private/tokens';

/** A team of people who label. */
export interface IWorkteam extends IResource {
  /**
   * The team's ARN.
   *
   * @attribute
   */
  readonly workteamArn: string;

  /**
   * The team's name.
   *
   * @attribute
   */
  readonly workteamName: string;
}

/** Properties of a `Workteam`. */
export interface WorkteamProps {
  /** Who belongs to the team. */
  readonly members: WorkteamMembers;

  /**
   * What the team is for, 1 to 200 characters. Workers see it.
   *
   * @default - a sentence with the team's path
   */
  readonly description?: string;

  /**
   * The team's name, 1 to 63 letters, digits and hyphens, unique in account and region.
   *
   * @default - generated from the construct's path
   */
  readonly workteamName?: string;

  /**
   * The workforce that the team belongs to.
   *
   * @default - the account's private workforce, of which a region has one
   */
  readonly workforceName?: string;

  /**
   * Topic that announces new tasks. SageMaker is allowed to publish on it.
   *
   * @default - nobody is notified
   */
  readonly notificationTopic?: sns.ITopic;
}

abstract class WorkteamBase extends Resource implements IWorkteam {
  public abstract readonly workteamArn: string;
  public abstract readonly workteamName: string;
}

/**
 * A private team of people who label.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-workforce-management-private.html
 * @resource AWS::SageMaker::Workteam
 */
export class Workteam extends WorkteamBase {
  /**
   * An existing team, private, a vendor's or (closed since 2026-09-30) the public one.
   *
   * @param scope the construct that uses the team
   * @param id the team's id in its scope
   * @param workteamArn the team's ARN
   */
  public static fromWorkteamArn(scope: Construct, id: string, workteamArn: string): IWorkteam {
    if (isKnown(workteamArn)) refuse(`${scope.node.path}/${id}`, workteamArnProblems(workteamArn));
    // private-crowd/name, vendor-crowd/name/more
    const name = isKnown(workteamArn)
      ? workteamArn.split('/').slice(2).join('/')
      : Stack.of(scope).splitArn(workteamArn, ArnFormat.SLASH_RESOURCE_SLASH_RESOURCE_NAME).resourceName!;
    class Import extends WorkteamBase {
      public readonly workteamArn = workteamArn;
      public readonly workteamName = name;
    }
    return new Import(scope, id, { environmentFromArn: workteamArn });
  }

  /**
   * An existing private team of this account and region.
   *
   * @param scope the construct that uses the team
   * @param id the team's id in its scope
   * @param workteamName the team's name
   */
  public static fromWorkteamName(scope: Construct, id: string, workteamName: string): IWorkteam {
    refuse(`${scope.node.path}/${id}`, workteamProblems({ workteamName }));
    class Import extends WorkteamBase {
      public readonly workteamName = workteamName;
      public readonly workteamArn = Stack.of(this).formatArn({ service: 'sagemaker', resource: 'workteam', resourceName: `private-crowd/${workteamName}` });
    }
    return new Import(scope, id);
  }

  public readonly workteamArn: string;
  public readonly workteamName: string;

  /**
   * @param scope the construct that owns the team
   * @param id the team's id in its scope
   * @param props the team's members and name
   */
  constructor(scope: Construct, id: string, props: WorkteamProps) {
    refuse(`${scope.node.path}/${id}`, workteamProblems(props));
    super(scope, id, { physicalName: props.workteamName });
    const topic = props.notificationTopic;
    // the two properties that newer versions of CDK demand are always given, and only `ref` is read: its attributes were renamed
    const resource = new sagemaker.CfnWorkteam(this, 'Resource', {
      workteamName: props.workteamName ?? Names.uniqueResourceName(this, { maxLength: 63, separator: '-' }),
      workforceName: props.workforceName,
      description: props.description ?? `Labels for ${this.node.path}`.slice(0, 200),
      memberDefinitions: props.members._render(),
      notificationConfiguration: topic && { notificationTopicArn: topic.topicArn },
    });
    this.workteamArn = resource.ref;
    this.workteamName = resource.workteamName!;
    resource.node.addDependency(...props.members._dependencies);
    if (topic) this.allowToPublish(topic);
  }

  private allowToPublish(topic: sns.ITopic): void {
    const stack = Stack.of(this);
    const conditions = {
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'sagemaker', resource: 'workteam', resourceName: '*' }) },
      StringEquals: { 'aws:SourceAccount': Token.isUnresolved(stack.account) ? Aws.ACCOUNT_ID : stack.account },
    };
    const principals = [new iam.ServicePrincipal('sagemaker.amazonaws.com')];
    const added = topic.addToResourcePolicy(new iam.PolicyStatement({ principals, actions: ['sns:Publish'], resources: [topic.topicArn], conditions }));
    if (!added.statementAdded) {
      Annotations.of(this).addWarningV2('cdk-labeling-workflows:workteamTopicPolicy',
        `the topic ${topic.node.path} is not of this app: allow sagemaker.amazonaws.com to publish on it, or the team hears nothing`);
    }
    topic.masterKey?.addToResourcePolicy(new iam.PolicyStatement({
      principals, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'], conditions: { StringEquals: conditions.StringEquals },
    }));
    if (added.policyDependable) this.node.addDependency(added.policyDependable);
  }
}
