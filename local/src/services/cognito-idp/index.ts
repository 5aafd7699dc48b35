import { clientOperations } from './clients';
import { PoolStore } from './pool-store';
import { poolOperations } from './pools';
import { userOperations } from './users';
import type { EngineCore } from '../../core/engine';
import type { Service } from '../../core/service';

/** Amazon Cognito user pools, as far as a private workforce is made of them: nobody signs in. */
export function createCognito(core: EngineCore): Service {
  const store = new PoolStore(core);
  return {
    name: 'cognito-idp',
    operations: { ...poolOperations(store), ...clientOperations(store), ...userOperations(store) },
    notes: ['Pools, clients, groups, users and domains are kept and given back; there is no sign-in, and no message is sent.'],
    simplified: {
      CreateUserPool: 'Settings are stored and do not act; the standard attributes are not listed.',
      AdminCreateUser: 'Attributes are not compared with the pool\'s schema; aliases are not served.',
      UpdateUserPoolDomain: 'Nothing but the default domain can be set.',
    },
  };
}
