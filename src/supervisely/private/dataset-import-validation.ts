import { wholeNumberProblems } from './validation';
import { InputManifest } from '../../groundtruth/input-manifest';
import { isKnown, seconds } from '../../private/tokens';
import { DatasetImportProps } from '../dataset-import-props';
import { MAX_TIMEOUT_SECONDS } from './dataset-import-contract';

const LONGEST_NAME = 255;

/** All that is wrong with an import, as far as synthesis can know. */
export function datasetImportProblems(props: DatasetImportProps): string[] {
  const { datasetName, labeledTag, attempt } = props;
  return [
    ...nameProblems('datasetName', datasetName),
    ...nameProblems('labeledTag', labeledTag),
    ...wholeNumberProblems('attempt', attempt, 1),
    ...timeProblems(props),
    ...labelProblems(props),
  ];
}

/** What is wrong with the lines themselves. */
export function importManifestProblems(manifest: InputManifest): string[] {
  if (manifest._streams) return ['\'input\' must be a list of images, which a stream is not: import what it has brought, for instance by a LabelsExport'];
  return manifest._problems('source-ref').map((problem) => `'input' must name images: ${problem}`);
}

function nameProblems(property: string, name: string | undefined): string[] {
  if (!isKnown(name) || (name.trim() !== '' && name.trim() === name && name.length <= LONGEST_NAME && !/[/\\]/.test(name))) return [];
  return [`'${property}' must have 1 to ${LONGEST_NAME} characters, no '/' and '\\' and no space at its ends, got ${JSON.stringify(name)}`];
}

function timeProblems({ timeout, waitForCompletion }: DatasetImportProps): string[] {
  if (timeout !== undefined && !waitForCompletion) return ['\'timeout\' is for \'waitForCompletion\' only, set that or leave it out'];
  const problems: string[] = [];
  const value = seconds('timeout', timeout, problems);
  return isKnown(value) && (value < 1 || value > MAX_TIMEOUT_SECONDS)
    ? [`'timeout' must be 1 second to ${MAX_TIMEOUT_SECONDS / 60} minutes, got ${timeout!.toHumanString()}`] : problems;
}

function labelProblems({ input, labels }: DatasetImportProps): string[] {
  if (labels?.length === 0) return ['\'labels\' is empty: leave it out for images without labels'];
  const manifests = new Set((labels ?? []).flatMap(({ _manifest }) => _manifest?.path ?? []));
  const attributes = (labels ?? []).flatMap(({ _sources }) => _sources.map(({ attribute }) => attribute));
  const twice = attributes.filter((one, index) => isKnown(one) && attributes.indexOf(one) < index);
  return [
    ...(input === undefined && manifests.size === 0 ? ['\'input\' is missing: give the images, or in \'labels\' ImportedLabels.ofJob() or .ofExport(), which bring them'] : []),
    ...(input !== undefined && manifests.size > 0 ? [`'input' must be left out: 'labels' brings the images of ${[...manifests].join(', ')}`] : []),
    ...(manifests.size > 1 ? [`'labels' brings several lists of images, of ${[...manifests].join(', ')}: use one DatasetImport for each`] : []),
    ...twice.map((attribute) => `'labels' names the attribute ${JSON.stringify(attribute)} twice, name it once`),
  ];
}
