import { createCipheriv, createDecipheriv } from 'node:crypto';
import { ServiceError } from '../../core/service';

/** What is under a key of KMS: the key's id, so that Decrypt finds it, and AES-256-GCM with the encryption context as its associated data. */
const VERSION = 1;
const ID_LENGTH = 36;
const IV_LENGTH = 12;
const TAG_LENGTH = 16;
const HEADER = 1 + ID_LENGTH + IV_LENGTH + TAG_LENGTH;

export type EncryptionContext = Readonly<Record<string, string>>;

export function seal(keyId: string, material: Buffer, iv: Buffer, plaintext: Buffer, context: EncryptionContext = {}): Buffer {
  const cipher = createCipheriv('aes-256-gcm', material, iv).setAAD(associatedData(context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), Buffer.from(keyId, 'latin1'), iv, cipher.getAuthTag(), sealed]);
}

export function keyIdOf(blob: Buffer): string {
  if (blob.length < HEADER || blob[0] !== VERSION) throw invalidCiphertext();
  return blob.subarray(1, 1 + ID_LENGTH).toString('latin1');
}

export function open(material: Buffer, blob: Buffer, context: EncryptionContext = {}): Buffer {
  const iv = blob.subarray(1 + ID_LENGTH, 1 + ID_LENGTH + IV_LENGTH);
  const tag = blob.subarray(HEADER - TAG_LENGTH, HEADER);
  const decipher = createDecipheriv('aes-256-gcm', material, iv).setAAD(associatedData(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(blob.subarray(HEADER)), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

function associatedData(context: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([left], [right]) => left < right ? -1 : 1)));
}

export function invalidCiphertext(): ServiceError {
  return new ServiceError('InvalidCiphertextException', '');
}
