import { StreamRun } from './stream-run';
import { DesiredState } from '../../src';

let run: StreamRun;
afterEach(() => run?.stop());

test('each object is labeled once: before there is a job, across an idle renewal, and with the forwarder killed in the middle', async () => {
  run = await StreamRun.start({ desiredState: DesiredState.STOPPED });
  await run.publish(100);
  await run.deploy({});
  await run.labeled();

  await run.idle();
  const functionName = await run.function('forward');
  await run.life.fault({ service: 'sns', operation: 'PublishBatch', functionName, when: 'after', crash: true, times: 1 });
  await run.publish(100);
  await run.labeled();

  expect(await run.life.generations()).toEqual({ r1: 'Stopped', r2: 'InProgress' });
  // the killed forwarder's messages came again, and the job knew them
  const { forwarded, ...counts } = await run.counts();
  expect(counts).toEqual({ published: 200, duplicates: 20, refused: 4, labeledOnce: 200, labeledTwice: 0, lost: 0, deadLetters: 4 });
  expect(forwarded).toBeGreaterThanOrEqual(100);
}, 900_000);
