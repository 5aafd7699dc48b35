import { FleetJob, WorkteamShare } from '../fleet-job';
import { JobFleetProps } from '../job-fleet-props';
import { LabelingJobProps } from '../labeling-job-props';

/** A job's properties with what it takes from the fleet. What only concerns the fleet as a whole is not among them. */
export function effectiveProps(fleet: JobFleetProps, own: Partial<FleetJob & WorkteamShare>): LabelingJobProps {
  const { jobs, maxConcurrentJobs, failOn, result, reconcileOn, outputs, resume, desiredState, ...shared } = fleet;
  const { weight, tags, ...job } = own;
  const given = Object.fromEntries(Object.entries(job).filter(([, value]) => value !== undefined));
  return { ...shared, ...given } as LabelingJobProps;
}
