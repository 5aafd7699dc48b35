import type { DeploymentEnvironment } from './deployment/environment';
import type { ResourceProvider } from './deployment/resource-provider';
import { readDynamicReference } from './dynamic-references';
import type { Exports } from './exports';
import { validationError } from './template/errors';
import type { EngineCore } from '../../core/engine';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** What a deployment needs, from the engine's services. */
export function engineEnvironment(core: EngineCore, provider: (type: string) => ResourceProvider, exports: Exports): DeploymentEnvironment {
  const random = core.random('cloudformation/names');
  const { region, accountId, partition } = core.settings;
  return {
    base: { region, accountId, partition },
    now: () => new Date(core.clock.now()),
    hold: () => core.clock.hold(),
    provider,
    newSuffix: () => Array.from({ length: 12 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join(''),
    importValue: (name) => exports.value(name),
    publishExports: (stackId, values) => exports.publish(stackId, values),
    availabilityZones: (wanted) => {
      if (wanted !== region) {
        throw validationError(`Template validation error: this engine knows the availability zones of its own region ${region}, not those of ${wanted}`);
      }
      return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
    },
    dynamic: (service, reference) => readDynamicReference(core, service, reference),
  };
}
