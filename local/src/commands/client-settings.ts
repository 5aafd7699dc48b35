/** What SDK clients of the engine take; it judges no signature, and it plays its own region whatever clients say. */
export function clientSettings(endpoint: string) {
  const { AWS_ACCESS_KEY_ID: accessKeyId = 'local', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'local', AWS_REGION: region = 'us-east-1' } = process.env;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 2 };
}
