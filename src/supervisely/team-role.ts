import { refuse } from '../private/errors';
import { isKnown } from '../private/tokens';

/**
 * What a member of a team may do there.
 *
 * @see https://docs.supervisely.com/collaboration/members
 */
export class TeamRole {
  /** Everything, members included. */
  public static readonly ADMIN = new TeamRole('admin');
  /** Everything but members. */
  public static readonly DEVELOPER = new TeamRole('developer');
  /** Labels what is assigned. */
  public static readonly ANNOTATOR = new TeamRole('annotator');
  /** Looks, and changes nothing. */
  public static readonly VIEWER = new TeamRole('viewer');
  /** Labels, makes jobs and reviews what others have labeled. */
  public static readonly REVIEWER = new TeamRole('reviewer');
  /** Manages projects and jobs. */
  public static readonly MANAGER = new TeamRole('manager');

  /**
   * A role of the server by its name.
   *
   * @param name name of the role, in lower case, as `roles.list` of the server gives it
   */
  public static of(name: string): TeamRole {
    refuse('TeamRole.of', isKnown(name) && !/^[a-z][a-z0-9 _-]*$/.test(name) ? [`'name' must be the lower-case name of a role, got ${JSON.stringify(name)}`] : []);
    return new TeamRole(name);
  }

  private constructor(
    /** Name of the role. */
    public readonly roleName: string,
  ) {}
}
