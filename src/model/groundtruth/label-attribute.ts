import { LIMITS, PATTERNS } from './limits';

const RESERVED = ['source', 'source-ref'];

/**
 * What is wrong with a label attribute name, each with its remedy. `endsInRef` is `undefined` for custom task types, which may choose.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateLabelingJob.html
 */
export function labelAttributeProblems(name: string, taskTypeId: string, endsInRef: boolean | undefined): string[] {
  const got = `'labelAttributeName' ${JSON.stringify(name)}`;
  if (name.length > LIMITS.labelAttributeNameLength || !PATTERNS.labelAttributeName.test(name)) {
    return [`${got} must have 1 to ${LIMITS.labelAttributeNameLength} letters, digits and hyphens and begin and end with a letter or digit`];
  }
  const problems: string[] = [];
  if (RESERVED.includes(name)) problems.push(`${got} is the name of the data object itself, choose another`);
  if (name.endsWith('-metadata')) problems.push(`${got} must not end in '-metadata', which Ground Truth appends itself`);
  const isRef = name.endsWith('-ref') && name !== 'source-ref';
  if (endsInRef === true && !isRef) problems.push(`${got} must end in '-ref' for task type ${taskTypeId}, for example ${JSON.stringify(`${name}-ref`)}`);
  if (endsInRef === false && isRef) problems.push(`${got} must not end in '-ref' for task type ${taskTypeId}, for example ${JSON.stringify(name.slice(0, -4))}`);
  return problems;
}
