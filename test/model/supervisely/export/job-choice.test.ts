import * as fc from 'fast-check';
import { chooseJobs, type ExportJob } from '../../../../src/model/supervisely/export/job-choice';
import { JOB_STATUSES, REVIEW_STATUSES } from '../../../../src/model/supervisely/limits';

let ids = 0;
const job = (labelerLogin: string, images: Record<number, ExportJob['images'][number]['reviewStatus']>, others: Partial<ExportJob> = {}): ExportJob => ({
  id: ++ids,
  name: 'fruit',
  status: 'completed',
  finishedAt: '2026-01-01T00:00:00.000Z',
  labelerLogin,
  images: Object.entries(images).map(([id, reviewStatus]) => ({ id: Number(id), reviewStatus })),
  ...others,
});

test('finished images are labeled, accepted or not; rejected and open ones are not', () => {
  expect(chooseJobs([job('ann', { 1: 'done', 2: 'accepted', 3: 'quality_check_accepted', 4: 'rejected', 5: 'none' })])).toEqual([
    { imageId: 1, job: 0, accepted: false, others: [] },
    { imageId: 2, job: 0, accepted: true, others: [] },
    { imageId: 3, job: 0, accepted: true, others: [] },
    { imageId: 4, accepted: false, others: [] },
    { imageId: 5, accepted: false, others: [] },
  ]);
});

test('the accepted answer counts, else the one that was finished last, else the younger job\'s', () => {
  const late = { finishedAt: '2026-02-01T00:00:00.000Z' };
  expect(chooseJobs([job('ann', { 1: 'accepted', 2: 'done', 3: 'done' }), job('bob', { 1: 'done', 2: 'done' }, late), job('cid', { 3: 'done' })]).map(({ job: chosen, others }) => [chosen, others]))
    .toEqual([[0, [1]], [1, [0]], [2, [0]]]);
});

test('who ended without finishing an image has left a beginning; who is still at it, or was rejected, an answer', () => {
  const images = { 1: 'none' } as const;
  const others = [job('bob', images, { status: 'stopped' }), job('cid', images, { status: 'in_progress' }), job('dan', { 1: 'rejected' }), job('ann', images, { status: 'in_progress' })];
  expect(chooseJobs([job('ann', { 1: 'done' }), ...others])[0].others).toEqual([2, 3]);
});

test('each image once, by its id, and by a job that has finished it', () => {
  const images = fc.dictionary(fc.integer({ min: 1, max: 9 }).map(String), fc.constantFrom(...REVIEW_STATUSES));
  const jobs = fc.array(fc.record({ images, labelerLogin: fc.constantFrom('ann', 'bob'), status: fc.constantFrom(...JOB_STATUSES) })
    .map(({ images: marks, labelerLogin, status }) => job(labelerLogin, marks, { status })), { maxLength: 5 });
  fc.assert(fc.property(jobs, (given) => {
    const chosen = chooseJobs(given);
    const all = new Set(given.flatMap((one) => one.images.map(({ id }) => id)));
    expect(chosen.map(({ imageId }) => imageId)).toEqual([...all].sort((a, b) => a - b));
    for (const { imageId, job: place, accepted, others } of chosen) {
      const status = place === undefined ? undefined : given[place].images.find(({ id }) => id === imageId)!.reviewStatus;
      expect([undefined, 'done', 'accepted', 'quality_check_accepted']).toContain(status);
      expect(accepted).toBe(status !== undefined && status !== 'done');
      expect(others.map((other) => given[other].labelerLogin)).not.toContain(given[place ?? -1]?.labelerLogin);
    }
  }));
});
