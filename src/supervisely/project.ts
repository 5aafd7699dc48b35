import type { ImportTarget } from './private/dataset-import-contract';
import { wholeNumberProblems } from './private/validation';
import { refuse } from '../private/errors';
import { isKnown } from '../private/tokens';

const LONGEST_NAME = 255;

/** A project of images on the server. */
export class Project {
  /**
   * The project with this id.
   *
   * @param projectId a whole number from 1
   */
  public static fromProjectId(projectId: number): Project {
    refuse('Project.fromProjectId', wholeNumberProblems('projectId', projectId, 1));
    return new Project({ ProjectId: projectId });
  }

  /**
   * The project of this name in a workspace. It is looked up at deployment, and made where there is none.
   *
   * @param workspaceId id of the workspace, a whole number from 1
   * @param projectName name of the project, 1 to 255 characters
   */
  public static fromProjectName(workspaceId: number, projectName: string): Project {
    const named = !isKnown(projectName) || (projectName !== '' && projectName.length <= LONGEST_NAME);
    refuse('Project.fromProjectName', [
      ...wholeNumberProblems('workspaceId', workspaceId, 1),
      ...named ? [] : [`'projectName' must have 1 to ${LONGEST_NAME} characters, got ${JSON.stringify(projectName)}`],
    ]);
    return new Project({ WorkspaceId: workspaceId, ProjectName: projectName });
  }

  private constructor(
    /** @internal */
    public readonly _properties: Readonly<Partial<Record<keyof ImportTarget, unknown>>>,
  ) {}
}
