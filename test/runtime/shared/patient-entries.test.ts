import type { OnEventRequest } from '../../../runtime/shared/custom-resource';
import { onEventPatiently } from '../../../runtime/shared/patient-entries';
import { SuperviselyBusy } from '../../../runtime/shared/supervisely/errors';
import { silence } from '../supervisely-labeling-job/silence';

beforeEach(silence);

const EVENT = { RequestType: 'Create', RequestId: 'r', StackId: 's', LogicalResourceId: 'l', ResourceProperties: {} } as OnEventRequest<unknown>;

/** What an `onEvent` slept while the server asked for this pause, within a minute. */
async function pauses(retryAfterMs: number | undefined, failures: number): Promise<number[]> {
  const slept: number[] = [];
  const time = () => slept.reduce((sum, pause) => sum + pause, 0);
  let left = failures;
  await onEventPatiently(EVENT, { now: time, remaining: () => 60_000 - time(), sleep: async (pause) => void slept.push(pause) }, async () => {
    if (left-- > 0) throw new SuperviselyBusy('jobs.list', 'busy', retryAfterMs);
    return { PhysicalResourceId: 'p' };
  });
  return slept;
}

test('a busy server is asked again after a second, or when it says, but while there is time', async () => {
  expect(await pauses(undefined, 2)).toEqual([1000, 1000]);
  expect(await pauses(15_000, 2)).toEqual([15_000, 15_000]);
  expect(await pauses(600_000, 1)).toEqual([40_000]);
});

test('and not for ever', async () => {
  await expect(pauses(undefined, 100)).rejects.toThrow('busy');
});
