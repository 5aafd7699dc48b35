/**
 * The custom resource of a member of a Supervisely team: an account that is found or made, and its role in the team.
 *
 * What it may do, and why:
 *
 * | actions                          | resource                                                                            |
 * |----------------------------------|-------------------------------------------------------------------------------------|
 * | secretsmanager:GetSecretValue    | the secret of the API token, and that of the password where an account may be made   |
 * | kms:Decrypt                      | the keys of these secrets, where they have their own                                 |
 */
import type { LambdaContext, OnEventResponse } from './shared/custom-resource';
import { connecting, readSecret } from './shared/supervisely/connect';
import { handleTeamMember, type TeamMemberEvent } from './supervisely-team-member/handler';

export function onEvent(event: TeamMemberEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleTeamMember(event, {
    connect: connecting(context),
    readSecret,
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}
