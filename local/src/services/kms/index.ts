import { aliasOperations } from './alias-operations';
import { cryptoOperations } from './crypto-operations';
import { keyOperations } from './key-operations';
import { KeyStore } from './key-store';
import type { EngineCore } from '../../core/engine';
import type { Service } from '../../core/service';

/** AWS Key Management Service: symmetric keys that really encrypt. */
export function createKms(core: EngineCore): Service {
  const store = new KeyStore(core);
  return {
    name: 'kms',
    operations: { ...keyOperations(core, store), ...aliasOperations(store), ...cryptoOperations(store) },
    notes: ['Key policies and grants are not judged. Key material comes from the engine\'s seed: protect nothing real with it.'],
    simplified: { CreateKey: 'Symmetric encryption keys only.', EnableKeyRotation: 'Stored; key material stays the same.' },
  };
}
