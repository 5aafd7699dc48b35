import type { UserProperties } from './connection-contract';
import { IUser } from '../user';

/** Somebody, as all resources name them: by id where it is known, which also makes a resource wait for a team member's. */
export function userProperties({ userId, login }: IUser): Partial<Record<keyof UserProperties, unknown>> {
  return userId === undefined ? { Login: login } : { Id: userId };
}
