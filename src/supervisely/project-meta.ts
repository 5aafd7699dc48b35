import { CustomResource, Resource, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Connection } from './connection';
import { ObjectClass } from './object-class';
import { allClasses, projectMetaProblems } from './private/meta-validation';
import { PROJECT_META_RESOURCE_TYPE, ProjectMetaAttribute, ProjectMetaProperties } from './private/project-meta-contract';
import { PROJECT_METAS, superviselyProvider } from './private/supervisely-provider';
import { TagMeta } from './tag-meta';
import { refuse } from '../private/errors';
import { SERVICE_TIMEOUT } from '../private/job-provider';

/** Properties of a `ProjectMeta`. */
export interface ProjectMetaProps {
  /** The server. */
  readonly connection: Connection;

  /** Id of the project. */
  readonly projectId: number;

  /**
   * Classes that the project is to have, those of `tags` besides.
   *
   * @default - only those that tags are for
   */
  readonly classes?: ObjectClass[];

  /**
   * Tags that the project is to have.
   *
   * @default - none
   */
  readonly tags?: TagMeta[];
}

/**
 * Classes and tags that a project is to have. They are added where they are missing, with more values and classes for tags that are there already; none
 * is ever taken away, because labels hang on them. One that is there with another shape or type of value fails the deployment.
 *
 * @see https://developer.supervisely.com/getting-started/supervisely-annotation-format/project-classes-and-tags
 */
export class ProjectMeta extends Resource {
  /** Id of the project. */
  public readonly projectId: number;
  /** Names of the classes that the last change has added, joined by commas; cut after 1,000 bytes. */
  public readonly addedClasses: string;
  /** Names of the tags that the last change has added, joined by commas; cut after 1,000 bytes. */
  public readonly addedTags: string;
  /** How many classes the project has. */
  public readonly classCount: number;
  /** How many tags the project has. */
  public readonly tagCount: number;

  private readonly project: string;

  /**
   * @param scope the construct that owns the resource
   * @param id the resource's id in its scope
   * @param props what the project is to have
   */
  constructor(scope: Construct, id: string, props: ProjectMetaProps) {
    refuse(`${scope.node.path}/${id}`, projectMetaProblems(props));
    super(scope, id);
    this.project = `${props.connection.node.path} ${props.projectId}`;
    const provider = superviselyProvider(this, props.connection, PROJECT_METAS);
    const properties: Omit<Record<keyof ProjectMetaProperties, unknown>, 'ServiceToken'> = {
      ContractVersion: '1',
      Connection: props.connection._properties,
      ProjectId: props.projectId,
      Classes: JSON.stringify(allClasses(props).map((one) => one._render())),
      Tags: JSON.stringify((props.tags ?? []).map((one) => one._render())),
    };
    const resource = new CustomResource(this, 'Resource', {
      serviceToken: provider.serviceToken,
      resourceType: PROJECT_META_RESOURCE_TYPE,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    resource.node.addDependency(...provider.permissions, ...this.previous());
    const number = (name: ProjectMetaAttribute) => Token.asNumber(resource.getAtt(name));
    this.projectId = number('ProjectId');
    this.classCount = number('ClassCount');
    this.tagCount = number('TagCount');
    this.addedClasses = resource.getAttString('AddedClasses' satisfies ProjectMetaAttribute);
    this.addedTags = resource.getAttString('AddedTags' satisfies ProjectMetaAttribute);
  }

  /** The server replaces a project's classes and tags as a whole, so those who add to one project stand in a row. */
  private previous(): ProjectMeta[] {
    const all = Stack.of(this).node.findAll().filter((each): each is ProjectMeta => each instanceof ProjectMeta);
    return all.filter((each) => each !== this && each.project === this.project).slice(-1);
  }
}
