import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NoValidToken } from './errors';
import { errorName, UserError } from '../errors';

/** Reads a secret's text. */
export type ReadSecret = (arn: string) => Promise<string>;

export function secretsOf(client: SecretsManagerClient): ReadSecret {
  return async (SecretId) => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
      if (SecretString === undefined) throw new UserError(`the secret ${SecretId} is binary: store a text`);
      return SecretString;
    } catch (error) {
      // the second one: it is marked for deletion
      if (!['ResourceNotFoundException', 'InvalidRequestException'].includes(errorName(error))) throw error;
      throw new NoValidToken(`there is no secret ${SecretId}, or it has no value: store one in it`, error);
    }
  };
}

/** What goes into a header; everything else would be quoted by whoever refuses it. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** The secret's text, or one of its members. No message of this function quotes the text: not even that it is no JSON. */
export async function secretText(read: ReadSecret, arn: string, field: string | undefined): Promise<string> {
  const text = await read(arn);
  return field === undefined ? text.trim() : member(text, arn, field);
}

export async function apiToken(read: ReadSecret, arn: string, field: string | undefined): Promise<string> {
  const token = await secretText(read, arn, field);
  if (SENDABLE.test(token)) return token;
  throw new NoValidToken(`the secret ${arn} holds no API token${field === undefined ? '' : ` in its field ${JSON.stringify(field)}`}: `
    + 'a token is one line without blanks. If the secret is JSON, name the field that holds the token');
}

function member(text: string, arn: string, field: string): string {
  let members: unknown;
  try {
    members = JSON.parse(text);
  } catch {
    throw new UserError(`the secret ${arn} is no JSON, so it has no field ${JSON.stringify(field)}: name no field, or store JSON`);
  }
  const value = (members as Readonly<Record<string, unknown>> | null)?.[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new UserError(`the secret ${arn} has no field ${JSON.stringify(field)} with a text: name another field, or store one`);
}
