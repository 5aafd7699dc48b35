/**
 * Stands in for the SDK's default chain of credential providers in the bundles: a Lambda function finds its credentials in the
 * environment, and the other providers (profiles, SSO, metadata services) would be a fifth of each bundle.
 */
export function defaultProvider() {
  return async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
    if (accessKeyId === undefined || secretAccessKey === undefined) throw new Error('the environment has no AWS credentials: this code runs as a Lambda function');
    return { accessKeyId, secretAccessKey, sessionToken };
  };
}
