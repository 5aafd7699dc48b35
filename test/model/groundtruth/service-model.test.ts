import * as fc from 'fast-check';
import model from '../../../local/src/models/sagemaker.json';
import { LIMITS, PATTERNS } from '../../../src/model/groundtruth/limits';
import { jobState } from '../../../src/model/job-state';

/** The library's numbers against the service's public model, which the engine was generated from. */
interface Shape { readonly type: string; readonly min?: number; readonly max?: number; readonly pattern?: string; readonly enum?: string[] }
const shape = (name: string): Shape => (model.shapes as unknown as Record<string, Shape>)[name];

test.each([
  ['LabelAttributeName', LIMITS.labelAttributeNameLength],
  ['TaskTitle', LIMITS.taskTitleLength],
  ['TaskDescription', LIMITS.taskDescriptionLength],
  ['TaskKeywords', LIMITS.keywords.max],
  ['TaskKeyword', LIMITS.keywordLength],
  ['NumberOfHumanWorkersPerDataObject', LIMITS.workersPerDataObject.max],
  ['MaxConcurrentTaskCount', LIMITS.maxConcurrentTaskCount.max],
  ['MaxPercentageOfInputDatasetLabeled', LIMITS.maxPercentageOfInputDatasetLabeled.max],
  ['TagList', LIMITS.tags],
  ['TagKey', LIMITS.tagKeyLength],
  ['TagValue', LIMITS.tagValueLength],
  ['S3Uri', LIMITS.s3UriLength],
  ['TemplateContent', LIMITS.templateLength],
  ['WorkteamName', LIMITS.workteamNameLength],
  ['String200', LIMITS.workteamDescriptionLength],
  ['MemberDefinitions', LIMITS.workteamMembers.max],
  ['CognitoUserGroup', LIMITS.cognitoGroupLength],
  ['Groups', LIMITS.oidcGroups.max],
  ['Group', LIMITS.oidcGroupLength],
  ['MaxResults', LIMITS.listPageSize.max],
  ['NameContains', LIMITS.nameContainsLength],
  ['NextToken', LIMITS.nextTokenLength],
])('%s allows at most %d', (name, limit) => {
  expect(shape(name).max).toBe(limit);
});

test.each([
  ['NumberOfHumanWorkersPerDataObject', LIMITS.workersPerDataObject.min],
  ['TaskTimeLimitInSeconds', LIMITS.taskTimeLimitSeconds.min],
  ['TaskAvailabilityLifetimeInSeconds', LIMITS.taskAvailabilitySeconds.min],
  ['MaxConcurrentTaskCount', LIMITS.maxConcurrentTaskCount.min],
  ['MaxHumanLabeledObjectCount', LIMITS.maxHumanLabeledObjectCount.min],
])('%s allows at least %d', (name, limit) => {
  expect(shape(name).min).toBe(limit);
});

test.each([
  ['LabelAttributeName', PATTERNS.labelAttributeName],
  ['LabelingJobName', PATTERNS.labelingJobName],
  ['WorkteamName', PATTERNS.workteamName],
  ['WorkforceName', PATTERNS.workforceName],
  ['NameContains', PATTERNS.nameContains],
  ['TaskKeyword', PATTERNS.keyword],
  ['TaskTitle', PATTERNS.taskTitle],
  ['TagKey', PATTERNS.tag],
])('the pattern of %s decides as the service\'s does', (name, ours) => {
  const theirs = new RegExp(`^(?:${shape(name).pattern})$`, 'u');
  const text = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9 \-_.:/=+@ß€]{0,20}$/), fc.string({ unit: 'grapheme', maxLength: 10 }));
  fc.assert(fc.property(text, (value) => ours.test(value) === theirs.test(value)));
});

test.each(shape('LabelingJobStatus').enum!)('the service\'s state %s is mapped to a common one', (status) => {
  expect(jobState('groundtruth', status)).toBeDefined();
});
