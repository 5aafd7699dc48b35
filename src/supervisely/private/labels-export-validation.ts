import { duplicateProblems, listProblems, wholeNumberProblems } from './validation';
import { labelAttributeProblems } from '../../model/groundtruth/label-attribute';
import { LABEL_KINDS } from '../../model/supervisely/export/label-format';
import { isKnown } from '../../private/tokens';
import { LabelsExportProps } from '../labels-export-props';

/** All that is wrong with an export's properties, as far as synthesis can know. */
export function labelsExportProblems(props: LabelsExportProps): string[] {
  const { jobs, jobIds, dataset, prefix, labelAttributeName, format } = props;
  const kind = format?._spec.kind;
  return [
    ...(jobs === undefined && jobIds === undefined && dataset === undefined ? ['nothing is exported: give \'jobs\', \'jobIds\' or \'dataset\''] : []),
    ...(jobs?.length === 0 ? ['\'jobs\' is empty: leave it out, or name at least one'] : []),
    ...(jobs && new Set(jobs).size < jobs.length ? ['\'jobs\' must hold each job once'] : []),
    ...(isKnown(jobIds) && jobIds.length === 0 ? ['\'jobIds\' is empty: leave it out, or name at least one'] : []),
    ...(isKnown(jobIds) ? jobIds.flatMap((id) => wholeNumberProblems('jobIds', id, 1)) : []),
    ...duplicateProblems('jobIds', jobIds),
    ...(isKnown(labelAttributeName) ? labelAttributeProblems(labelAttributeName, kind ?? 'any', kind && LABEL_KINDS[kind].isReference) : []),
    ...listProblems('labels', props.labels, 'the classes of the jobs or the project'),
    ...(isKnown(prefix) && (prefix === '' || /^\/|\/$|[*?$]/.test(prefix))
      ? [`'prefix' must be a text without slashes at its ends and without '*', '?' and '$', got ${JSON.stringify(prefix)}`] : []),
  ];
}
