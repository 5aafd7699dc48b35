import { ChangeSets } from './change-sets';
import type { CloudFormationContext } from './context';
import { CustomResourceProvider } from './custom-resources/custom-resource-provider';
import { STACK_TYPE } from './deployment/stack';
import { engineEnvironment } from './engine-environment';
import { Exports } from './exports';
import { NOTES, SIMPLIFIED } from './fidelity';
import { NestedStackProvider } from './nested-stack-provider';
import { changeSetOperations } from './operations/change-set-operations';
import { readOperations } from './operations/read-operations';
import { stackOperations } from './operations/stack-operations';
import { templateOperations } from './operations/template-operations';
import { providerLookup, simulatedResources } from './providers';
import { StackStore } from './stack-store';
import type { EngineCore } from '../../core/engine';
import { randomUuid } from '../../core/random';
import { RESPONSE_PATH_PREFIX } from '../../core/response-url';
import type { Service } from '../../core/service';

/** AWS CloudFormation: deploys stacks onto the engine's own services. */
export function createCloudFormation(core: EngineCore): Service {
  const random = core.random('cloudformation/ids');
  const newId = () => randomUuid(random);
  const stacks = new StackStore(newId);
  const exports = new Exports(() => stacks.all());
  const custom = new CustomResourceProvider(core, newId);
  const nested = new NestedStackProvider(() => context);
  const environment = engineEnvironment(core, providerLookup(simulatedResources(core), { [STACK_TYPE]: nested }, custom), exports);
  const context: CloudFormationContext = { core, stacks, exports, environment, newId, changeSets: new ChangeSets() };
  return {
    name: 'cloudformation',
    operations: {
      ...stackOperations(context),
      ...changeSetOperations(context),
      ...readOperations(context),
      ...templateOperations(context),
    },
    simplified: SIMPLIFIED,
    notes: NOTES,
    controlRoutes: {
      'GET /_local/recorded-resources': () => ({ resources: recordedResources(stacks) }),
    },
    rawRoutes: {
      [`PUT ${RESPONSE_PATH_PREFIX}:token`]: (body, { token }) => custom.receive(token, body),
    },
  };
}

/** What stands in stacks without being simulated, wholly or in part. */
function recordedResources(stacks: StackStore) {
  return stacks.all().filter((stack) => !stack.isDeleted).flatMap((stack) => [...stack.resources.values()]
    .flatMap(({ logicalId, type, note }) => (note === undefined ? [] : [{ stack: stack.name, logicalId, type, note }])));
}
