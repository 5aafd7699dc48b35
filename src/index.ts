export * from './desired-state';
export * from './label-attribute';
export * from './label-categories';
export * from './labeling-backend';
export * from './labeling-input';
export * from './labeling-workflow';
export { JobState } from './model/job-state';
export * from './reconcile-on';
export * from './resume-options';
export * from './supervisely-backend-options';

export * as groundtruth from './groundtruth';
export * as s3batch from './s3batch';
export * as supervisely from './supervisely';
