import { keyIdOf, open, seal, type EncryptionContext } from './cipher';
import type { Key, KeyStore } from './key-store';
import { type Operation, ServiceError } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const ALGORITHM = 'SYMMETRIC_DEFAULT';
const DATA_KEYS: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

export function cryptoOperations(store: KeyStore): Record<string, Operation> {
  const encrypt = (key: Key, plaintext: Buffer, context?: EncryptionContext): Buffer =>
    seal(key.id, key.material, store.bytes(12), plaintext, context);

  const decrypt = (blob: Buffer, context: EncryptionContext | undefined, expected: string | undefined): { key: Key; plaintext: Buffer } => {
    const key = store.usable(keyIdOf(blob));
    if (expected !== undefined && store.find(expected) !== key) {
      throw new ServiceError('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');
    }
    return { key, plaintext: open(key.material, blob, context) };
  };

  const dataKey = (input: Input): { CiphertextBlob: Buffer; Plaintext: Buffer; KeyId: string } => {
    if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
      throw new ServiceError('ValidationException', 'Please specify either number of bytes or key spec.');
    }
    const key = store.usable(input.KeyId);
    const Plaintext = store.bytes(input.NumberOfBytes ?? DATA_KEYS[input.KeySpec]);
    return { CiphertextBlob: encrypt(key, Plaintext, input.EncryptionContext), Plaintext, KeyId: key.arn };
  };

  return {
    Encrypt: (input: Input) => {
      const key = store.usable(input.KeyId);
      return { CiphertextBlob: encrypt(key, input.Plaintext, input.EncryptionContext), KeyId: key.arn, EncryptionAlgorithm: ALGORITHM };
    },
    Decrypt: (input: Input) => {
      if (input.CiphertextBlob === undefined) throw new ServiceError('ValidationException', 'CiphertextBlob is required.');
      const { key, plaintext } = decrypt(input.CiphertextBlob, input.EncryptionContext, input.KeyId);
      return { KeyId: key.arn, Plaintext: plaintext, EncryptionAlgorithm: ALGORITHM };
    },
    ReEncrypt: (input: Input) => {
      const { key: source, plaintext } = decrypt(input.CiphertextBlob, input.SourceEncryptionContext, input.SourceKeyId);
      const key = store.usable(input.DestinationKeyId);
      return {
        CiphertextBlob: encrypt(key, plaintext, input.DestinationEncryptionContext),
        SourceKeyId: source.arn,
        KeyId: key.arn,
        SourceEncryptionAlgorithm: ALGORITHM,
        DestinationEncryptionAlgorithm: ALGORITHM,
      };
    },
    GenerateDataKey: dataKey,
    GenerateDataKeyWithoutPlaintext: (input: Input) => {
      const { CiphertextBlob, KeyId } = dataKey(input);
      return { CiphertextBlob, KeyId };
    },
    GenerateRandom: ({ NumberOfBytes = 32 }: Input) => ({ Plaintext: store.bytes(NumberOfBytes) }),
  };
}
