import { LIMITS, PATTERNS } from '../../model/groundtruth/limits';
import { isKnown } from '../../private/tokens';

/** What is wrong with the names and texts of a work team. */
export function workteamProblems(team: { workteamName?: string; workforceName?: string; description?: string }): string[] {
  const problems: string[] = [];
  const { workteamName, workforceName, description } = team;
  const name = `must have 1 to ${LIMITS.workteamNameLength} letters, digits and hyphens and begin`;
  if (isKnown(workteamName) && !PATTERNS.workteamName.test(workteamName)) {
    problems.push(`'workteamName' ${name} and end with a letter or digit, got ${JSON.stringify(workteamName)}`);
  }
  if (isKnown(workforceName) && !PATTERNS.workforceName.test(workforceName)) {
    problems.push(`'workforceName' ${name} with a letter or digit, got ${JSON.stringify(workforceName)}`);
  }
  if (isKnown(description) && (description.length < 1 || description.length > LIMITS.workteamDescriptionLength)) {
    problems.push(`'description' must have 1 to ${LIMITS.workteamDescriptionLength} characters, got ${description.length}`);
  }
  return problems;
}

export function workteamArnProblems(arn: string): string[] {
  return PATTERNS.workteamArn.test(arn)
    ? []
    : [`'workteamArn' must be like arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/name, got ${JSON.stringify(arn)}`];
}
