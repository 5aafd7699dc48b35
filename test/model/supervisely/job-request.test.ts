import * as fc from 'fast-check';
import { EDITABLE_META, JOB } from '../../../local/src/supervisely/jobs/spec';
import { check } from '../../../local/src/supervisely/schema';
import { addJobRequest, editJobRequest, listJobsRequest, removeJobsRequests, type SuperviselyJobSpec } from '../../../src/model/supervisely/job-request';

const id = fc.integer({ min: 1, max: 1e9 });
const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 3 });
const spec: fc.Arbitrary<SuperviselyJobSpec> = fc.record({
  title: fc.string({ minLength: 1, maxLength: 100 }).filter((title) => !/[/\\]/.test(title)),
  datasetId: id,
  reviewerId: id,
  readme: fc.string(),
  description: fc.string({ maxLength: 100 }),
  classes: names,
  tags: names,
  readOnlyTags: names,
  objectsLimitPerImage: fc.nat(),
  tagsLimitPerImage: fc.nat(),
  imageIds: fc.uniqueArray(id),
  imagesRange: fc.constant({ start: 1, end: 3 }),
  includeImagesWithTags: names,
  excludeImagesWithTags: names,
  dynamicClasses: fc.boolean(),
  dynamicTags: fc.boolean(),
  allowRestore: fc.boolean(),
  guideId: id,
  disableConfirm: fc.boolean(),
  disableSubmit: fc.boolean(),
  enableIntermediateReview: fc.boolean(),
}, { requiredKeys: ['title', 'datasetId'] });

test('every request is of the form that the server documents', () => {
  fc.assert(fc.property(spec, id, (given, userId) => {
    expect(() => check(JOB, addJobRequest(given, { jobName: 'fruit-r1', userId }), 'body')).not.toThrow();
  }));
});

test('the tutorial\'s second job, as its SDK sends it', () => {
  const given = { title: 'kiwi', datasetId: 10555, readme: 'r', classes: ['kiwi'], objectsLimitPerImage: 10, tags: ['size', 'origin'], tagsLimitPerImage: 20, imageIds: [1, 2] };
  expect(addJobRequest(given, { jobName: 'fruit-r1', userId: 102 })).toEqual({
    name: 'kiwi [fruit-r1-u102]',
    datasetId: 10555,
    userIds: [102],
    readme: 'r',
    meta: {
      classes: ['kiwi'],
      projectTags: ['size', 'origin'],
      imageTags: [],
      imageFiguresLimit: 10,
      imageTagsLimit: 20,
      entityIds: [1, 2],
      dynamicClasses: false,
      dynamicTags: false,
      allowRestore: false,
    },
  });
});

test('an edit holds what changes, and is none when nothing does', () => {
  expect(editJobRequest(1, {})).toBeUndefined();
  const edit = editJobRequest(1, { userId: 2, customData: { a: 1 }, disableSubmit: false })!;
  expect(edit).toEqual({ id: 1, userId: 2, customData: { a: 1 }, meta: { disableSubmit: false } });
  expect(() => check(EDITABLE_META, edit.meta, 'body')).not.toThrow();
});

test('every id is removed once, at most fifty in a call', () => {
  fc.assert(fc.property(fc.uniqueArray(id, { maxLength: 170 }), (ids) => {
    const requests = removeJobsRequests(ids);
    expect(requests.flatMap((request) => request.ids)).toEqual(ids);
    expect(requests.every((request) => request.ids.length > 0 && request.ids.length <= 50)).toBe(true);
  }));
});

test('filters are those that the SDK sends', () => {
  expect(listJobsRequest(8)).toEqual({ teamId: 8, showDisabled: false, filter: [], sort: 'id', sort_order: 'asc' });
  const { filter, showDisabled } = listJobsRequest(8, {
    createdById: 7, assignedToId: 102, reviewerId: 7, projectId: 5555, datasetId: 10555, queueIds: [1], excludeStatuses: ['completed'], name: 'n', showDisabled: true,
  });
  expect(showDisabled).toBe(true);
  expect(filter).toEqual([
    { field: 'createdBy', operator: '=', value: 7 },
    { field: 'userId', operator: '=', value: 102 },
    { field: 'reviewerId', operator: '=', value: 7 },
    { field: 'projectId', operator: '=', value: 5555 },
    { field: 'datasetId', operator: '=', value: 10555 },
    { field: 'name', operator: '=', value: 'n' },
    { field: 'labelingQueueId', operator: 'in', value: [1] },
    { field: 'status', operator: '!in', value: ['completed'] },
  ]);
  expect(listJobsRequest(8, { outsideQueues: true }).filter).toEqual([{ field: 'labelingQueueId', operator: '=', value: null }]);
});
