import { loginProblems, wholeNumberProblems } from './private/validation';
import { refuse } from '../private/errors';

/** Somebody with an account on the server, known by id or by login. */
export interface IUser {
  /**
   * The account's id; it goes before the login.
   *
   * @default - looked up by the login
   */
  readonly userId?: number;

  /**
   * The account's login.
   *
   * @default - not needed, the id is enough
   */
  readonly login?: string;
}

/** An account that is there already. */
export class User implements IUser {
  /**
   * The account with this id.
   *
   * @param userId a whole number from 1
   */
  public static fromUserId(userId: number): IUser {
    refuse('User.fromUserId', wholeNumberProblems('userId', userId, 1));
    return new User(userId, undefined);
  }

  /**
   * The account with this login. It is looked up at deployment, among the members of the job's team.
   *
   * @param login the account's login
   */
  public static fromLogin(login: string): IUser {
    refuse('User.fromLogin', loginProblems(login));
    return new User(undefined, login);
  }

  private constructor(public readonly userId: number | undefined, public readonly login: string | undefined) {}
}
