import { validationError } from './template/errors';
import type { EngineCore } from '../../core/engine';

/** The value of `{{resolve:<service>:<reference>}}`. */
export async function readDynamicReference(core: EngineCore, service: string, reference: string): Promise<string> {
  switch (service) {
    case 'ssm': case 'ssm-secure': return readParameter(core, reference, service === 'ssm-secure');
    case 'secretsmanager': return readSecret(core, reference);
    default: throw validationError(`Invalid template: unsupported dynamic reference service ${service}; supported are ssm, ssm-secure and secretsmanager`);
  }
}

async function readParameter(core: EngineCore, name: string, secure: boolean): Promise<string> {
  const { Parameter } = await core.call('ssm', 'GetParameter', { Name: name, WithDecryption: secure });
  if ((Parameter.Type === 'SecureString') !== secure) {
    throw validationError(`Invalid SSM parameter reference ${name}: use ${secure ? 'ssm' : 'ssm-secure'} for a parameter of type ${Parameter.Type}`);
  }
  return Parameter.Value;
}

/** `secret id:SecretString:key:version stage:version id`, all but the id optional; an ARN has colons of its own. */
async function readSecret(core: EngineCore, reference: string): Promise<string> {
  const parts = reference.split(':');
  const SecretId = parts.splice(0, reference.startsWith('arn:') ? 7 : 1).join(':');
  const [field = 'SecretString', key, VersionStage, VersionId] = parts;
  if (field !== 'SecretString') {
    throw validationError(`Invalid secretsmanager reference ${reference}: only SecretString is supported`);
  }
  const { SecretString } = await core.call('secretsmanager', 'GetSecretValue', {
    SecretId, ...(VersionStage ? { VersionStage } : {}), ...(VersionId ? { VersionId } : {}),
  });
  if (!key) {
    return SecretString;
  }
  const value = (JSON.parse(SecretString) as Record<string, unknown>)[key];
  if (value === undefined) {
    throw validationError(`Could not find a value associated with JSONKey in SecretString: key ${key} of secret ${SecretId}`);
  }
  return String(value);
}
