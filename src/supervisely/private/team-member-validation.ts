import { loginProblems, wholeNumberProblems } from './validation';
import { isKnown } from '../../private/tokens';
import { TeamMemberProps } from '../team-member';

/** All that is wrong with a member's properties, as far as synthesis can know. */
export function teamMemberProblems(props: TeamMemberProps): string[] {
  return [...wholeNumberProblems('teamId', props.teamId, 1), ...accountProblems(props), ...contactProblems(props)];
}

function accountProblems({ login, userId, createAccount, password, passwordField, restricted, fullName, email }: TeamMemberProps): string[] {
  if (login !== undefined && userId !== undefined) return ['\'login\' and \'userId\' both say who it is, leave one of them out'];
  if (login === undefined && userId === undefined) return ['\'login\' is missing: say who it is, by \'login\' or \'userId\''];
  const problems = [...(login === undefined ? [] : loginProblems(login)), ...wholeNumberProblems('userId', userId, 1)];
  if (createAccount && login === undefined) problems.push('\'createAccount\' needs a \'login\', with which the account is made');
  const isMade = createAccount ?? login !== undefined;
  const forMaking = Object.entries({ password, passwordField, restricted, fullName, email }).filter(([, value]) => value !== undefined);
  if (!isMade) problems.push(...forMaking.map(([name]) => `'${name}' is for an account that is made, here none ever is: leave it out`));
  if (passwordField !== undefined && password === undefined) problems.push('\'passwordField\' is for a \'password\' only, give one or leave it out');
  if (passwordField === '') problems.push('\'passwordField\' must not be empty: name a field of the secret, or leave it out');
  return problems;
}

function contactProblems({ email }: TeamMemberProps): string[] {
  return isKnown(email) && !/^[^@\s]+@[^@\s]+$/.test(email) ? [`'email' must be a mail address, got ${JSON.stringify(email)}`] : [];
}
