/** The one member of a job's custom data that is ours; all others are the user's. */
export const OWNER_KEY = 'cdkLabelingWorkflows';

type CustomData = Readonly<Record<string, unknown>>;

/** The user's custom data with what we note in it. */
export function withOwner(customData: CustomData, owner: CustomData): CustomData {
  return { ...customData, [OWNER_KEY]: owner };
}

export function ownerIn(customData: CustomData | undefined): CustomData | undefined {
  const owner = customData?.[OWNER_KEY];
  return typeof owner === 'object' && owner !== null && !Array.isArray(owner) ? owner as CustomData : undefined;
}

/** The user's custom data without what we noted in it. */
export function withoutOwner(customData: CustomData): CustomData {
  return Object.fromEntries(Object.entries(customData).filter(([name]) => name !== OWNER_KEY));
}
