/**
 * Where a custom resource answers: the URL looks like CloudFormation's own, because CDK's provider framework keeps only its
 * host and path and always speaks https. The function's bootstrap leads requests for this host to the engine, path unchanged.
 */
export const RESPONSE_PATH_PREFIX = '/_local/custom-resource-response/';

/** What every such host starts with; the bootstraps of the functions know it too. */
export const RESPONSE_HOST_PREFIX = 'cloudformation-custom-resource-response-';

export function responseUrl(region: string, token: string): string {
  return `https://${RESPONSE_HOST_PREFIX}${region.replaceAll('-', '')}.s3.amazonaws.com${RESPONSE_PATH_PREFIX}${encodeURIComponent(token)}`;
}

/** The token in a request's path, `undefined` if the path is not such an answer. */
export function tokenFromPath(path: string): string | undefined {
  const [pathname] = path.split('?');
  return pathname.startsWith(RESPONSE_PATH_PREFIX) ? decodeURIComponent(pathname.slice(RESPONSE_PATH_PREFIX.length)) : undefined;
}
