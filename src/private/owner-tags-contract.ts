/** Names of the tags by which a job's owner is known; the user's tags may not start with this prefix. */
export const OWNER_TAG_PREFIX = 'cdk-labeling-workflows:';
export const OWNER_TAGS = {
  stackId: `${OWNER_TAG_PREFIX}stack-id`,
  logicalId: `${OWNER_TAG_PREFIX}logical-id`,
  identity: `${OWNER_TAG_PREFIX}identity`,
  revision: `${OWNER_TAG_PREFIX}revision`,
  generation: `${OWNER_TAG_PREFIX}generation`,
  requestId: `${OWNER_TAG_PREFIX}request-id`,
} as const;
