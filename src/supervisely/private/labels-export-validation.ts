import { duplicateProblems, listProblems, wholeNumberProblems } from './validation';
import { labelAttributeProblems } from '../../model/groundtruth/label-attribute';
import { LABEL_KINDS } from '../../model/supervisely/export/label-format';
import { isKnown } from '../../private/tokens';
import { LabelsExportProps } from '../labels-export-props';

/** All that is wrong with an export's properties, as far as synthesis can know. */
export function labelsExportProblems(props: LabelsExportProps): string[] {
  const { jobs, fleets, dataset, prefix, labelAttributeName, format } = props;
  const kind = format?._spec.kind;
  return [
    ...([jobs, fleets, props.jobIds, props.queueIds, dataset].every((one) => one === undefined)
      ? ['nothing is exported: give \'jobs\', \'fleets\', \'jobIds\', \'queueIds\' or \'dataset\''] : []),
    ...constructProblems('jobs', jobs),
    ...constructProblems('fleets', fleets),
    ...idProblems('jobIds', props.jobIds),
    ...idProblems('queueIds', props.queueIds),
    ...(isKnown(labelAttributeName) ? labelAttributeProblems(labelAttributeName, kind ?? 'any', kind && LABEL_KINDS[kind].isReference) : []),
    ...listProblems('labels', props.labels, 'the classes of the jobs or the project'),
    ...(isKnown(prefix) && (prefix === '' || /^\/|\/$|[*?$]/.test(prefix))
      ? [`'prefix' must be a text without slashes at its ends and without '*', '?' and '$', got ${JSON.stringify(prefix)}`] : []),
  ];
}

function constructProblems(property: string, constructs: readonly object[] | undefined): string[] {
  return [
    ...(constructs?.length === 0 ? [`'${property}' is empty: leave it out, or name at least one`] : []),
    ...(constructs && new Set(constructs).size < constructs.length ? [`'${property}' must hold each of them once`] : []),
  ];
}

function idProblems(property: string, ids: readonly number[] | undefined): string[] {
  return [
    ...(isKnown(ids) && ids.length === 0 ? [`'${property}' is empty: leave it out, or name at least one`] : []),
    ...(isKnown(ids) ? ids.flatMap((one) => wholeNumberProblems(property, one, 1)) : []),
    ...duplicateProblems(property, ids),
  ];
}
