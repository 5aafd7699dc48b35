import type { AnswerDesk } from './answer-desk';
import type { OpenObject } from './open-object';
import type { RunParts } from './run';
import type { StepQueue } from './step-queue';
import type { BatchHandlers } from './task-batch';

/** Why an object has no answers. */
export const DECLINED = 'the object was declined by as many workers as it needs';
export const UNTOUCHED = 'no worker labeled the object within TaskAvailabilityLifetimeInSeconds';

/** What happens to the tasks of a run; `finish` is a step of it: an object has all its answers, or has failed. */
export function taskHandlers(
  { core, job, truths }: RunParts, steps: StepQueue, desk: AnswerDesk, iteration: number, finish: (object: OpenObject, failure?: string) => Promise<void>,
): BatchHandlers {
  const { NumberOfHumanWorkersPerDataObject: workersPerObject, TaskTimeLimitInSeconds: timeLimitSeconds } = job.request.HumanTaskConfig;
  return {
    workersPerObject,
    timeLimitSeconds,
    random: (profile, object) => core.random(`annotators/${profile.name}/${object.contentKey}`),
    unwanted: (object) => truths.isDeclined(object.contentKey),
    answered: (object, profile, acceptedAt, random) => steps.guard(async () => {
      if (await desk.take(object, iteration, profile, acceptedAt, random)) {
        await steps.run(() => finish(object));
      }
    }),
    givenBack: (object) => steps.run(async () => {
      if (object.declined >= workersPerObject && !object.closed) {
        await finish(object, DECLINED);
      }
    }),
  };
}
