import { Duration, Lazy, TagManager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { renderTags } from '../../private/job-tags';
import { JobRemoval } from '../job-removal';
import { LabelingLifecycleOptions } from '../labeling-lifecycle-options';

const DEFAULT_TIMEOUT = Duration.minutes(30);

/** What jobs and fleets say alike. */
export function lifecycleProperties(scope: Construct, options: LabelingLifecycleOptions, tags: TagManager, removal: JobRemoval) {
  return {
    Tags: Lazy.any({ produce: () => renderTags(scope.node.path, tags.tagValues()) }),
    Relabel: options.relabel,
    RemovalMode: removal._mode,
    DrainTimeoutSeconds: removal._timeoutSeconds,
    DrainThen: removal._then,
    TimeoutSeconds: (options.timeout ?? DEFAULT_TIMEOUT).toSeconds(),
  };
}
