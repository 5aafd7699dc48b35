import { Aws } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { builtInFunction, regionProblems } from './built-in-functions';
import { humanTaskUiArn } from '../../model/groundtruth/built-in-functions';
import { instructionProblems } from '../../model/groundtruth/frame-label-categories';
import { FRAME_DOCUMENT, WorkerInstructions } from '../../model/groundtruth/label-categories';
import { frameDocument, LabelDocument, plainDocument } from '../../model/groundtruth/label-document';
import { SourceKey } from '../../model/groundtruth/manifest';
import { BuiltInTaskType, builtInTaskType, CUSTOM_TASK_TYPE_ID, TASK_PRICES } from '../../model/groundtruth/task-types';
import { refuse } from '../../private/errors';
import { isKnown, tokenProblems } from '../../private/tokens';
import { BoundWorkerTemplate, WorkerTemplate } from '../worker-template';

/** What a task type adds to a job. */
export interface BoundTaskType {
  /** The page of the job's own; exactly one of it and `humanTaskUiArn` is there. */
  readonly template?: BoundWorkerTemplate;
  /** AWS's own page. */
  readonly humanTaskUiArn?: string;
  readonly preHumanTaskLambdaArn?: string;
  readonly consolidationLambdaArn?: string;
  /** The user's own functions, which are part of the revision and which the job's role must be allowed to call. */
  readonly preAnnotation?: lambda.IFunction;
  readonly consolidation?: lambda.IFunction;
}

/** The rules that a task type sets. */
export interface TaskTypeRules {
  readonly id: string;
  readonly source: SourceKey;
  /** `undefined` where the author of a custom task type decides. */
  readonly labelAttributeEndsInRef?: boolean;
  /** `undefined` where labels are optional and nobody counts them. */
  readonly labels?: { readonly min: number; readonly max?: number };
  readonly labelDocument: LabelDocument;
  /** Attribute of the labels that an adjustment or a verification reads: not its own. */
  readonly auditLabelAttributeName?: string;
  /** A task may last for days. */
  readonly hasFrames: boolean;
  readonly fixedWorkers?: 1;
  readonly defaultWorkers: number;
  readonly title: string;
  readonly description: string;
  readonly prices: readonly number[];
  /** Of automated labeling, where that exists. */
  readonly algorithm?: string;
  /** Whether the service itself skips objects that have the label already. */
  readonly labelsOnlyUnlabeled: boolean;
}

/** A task type as jobs use it. */
export interface TaskTypeDefinition {
  readonly rules: TaskTypeRules;
  problems(scope: Construct): string[];
  bind(scope: Construct): BoundTaskType;
}

/** What the built-in task types take, each a part of it. */
export interface BuiltInSettings {
  readonly template?: WorkerTemplate;
  readonly shortInstructions?: string;
  readonly fullInstructions?: string;
  readonly annotationType?: string;
  readonly auditLabelAttributeName?: string;
  readonly verifyOnly?: boolean;
}

export function builtIn(id: string, settings: BuiltInSettings): TaskTypeDefinition {
  const type = builtInTaskType(id);
  const { auditLabelAttributeName } = settings;
  refuse(`TaskType of ${id}`, textProblems(type, settings));
  return {
    rules: {
      ...type,
      source: type.input === 'any' ? 'either' : type.input === 'text' ? 'source' : 'source-ref',
      labelDocument: labelDocument(type, settings),
      auditLabelAttributeName,
      hasFrames: type.fixedWorkers !== undefined,
      prices: TASK_PRICES[type.prices],
      labelsOnlyUnlabeled: true,
    },
    problems: regionProblems,
    bind: (scope) => ({
      ...page(scope, type, settings),
      preHumanTaskLambdaArn: builtInFunction(scope, 'PRE', type.id),
      consolidationLambdaArn: builtInFunction(scope, 'ACS', type.id),
    }),
  };
}

function page(scope: Construct, type: BuiltInTaskType, { template, auditLabelAttributeName }: BuiltInSettings): Pick<BoundTaskType, 'template' | 'humanTaskUiArn'> {
  if (type.humanTaskUi !== undefined) return { humanTaskUiArn: humanTaskUiArn(type.humanTaskUi, Aws.REGION) };
  return { template: (template ?? WorkerTemplate.standard())._bind(scope, type, auditLabelAttributeName) };
}

function labelDocument(type: BuiltInTaskType, settings: BuiltInSettings): LabelDocument {
  const { annotationType, auditLabelAttributeName, verifyOnly } = settings;
  const instructions = workerInstructions(type, settings);
  const { shortInstructions, fullInstructions } = settings;
  const own = shortInstructions !== undefined || fullInstructions !== undefined;
  const revision = own ? JSON.stringify([shortInstructions ?? null, fullInstructions ?? null]) : undefined;
  if (type.labels.document === FRAME_DOCUMENT) {
    const labelAttributes = !type.id.endsWith('3DPointCloudSemanticSegmentation');
    return frameDocument({ instructions, annotationType, auditLabelAttributeName, verifyOnly, labelAttributes, revision });
  }
  return type.humanTaskUi === undefined ? plainDocument() : plainDocument({ instructions, revision });
}

/** AWS's own pages show the instructions of the label category file. */
function workerInstructions({ description }: BuiltInTaskType, { shortInstructions, fullInstructions }: BuiltInSettings): WorkerInstructions {
  return { shortInstruction: shortInstructions ?? description, fullInstruction: fullInstructions ?? description };
}

function textProblems(type: BuiltInTaskType, settings: BuiltInSettings): string[] {
  const { shortInstructions, fullInstructions, auditLabelAttributeName } = settings;
  const unknown = tokenProblems('instructions', [shortInstructions, fullInstructions], 'they are written to a file');
  if (unknown.length > 0) return unknown;
  const audit = tokenProblems('auditLabelAttributeName', [auditLabelAttributeName], 'it is written to a file');
  return [...audit, ...instructionProblems(workerInstructions(type, settings))];
}

/** What the user's own task type consists of. */
export interface CustomSettings {
  readonly template: WorkerTemplate;
  readonly preAnnotation?: lambda.IFunction;
  readonly consolidation?: lambda.IFunction;
}

export function custom({ template, preAnnotation, consolidation }: CustomSettings): TaskTypeDefinition {
  return {
    rules: {
      id: CUSTOM_TASK_TYPE_ID,
      source: 'either',
      labelDocument: plainDocument(),
      hasFrames: false,
      defaultWorkers: 3,
      title: 'Labeling',
      description: 'Follow the instructions of the page',
      prices: TASK_PRICES.classification,
      labelsOnlyUnlabeled: false,
    },
    problems: () => [],
    bind: (scope) => ({
      template: template._bind(scope),
      preHumanTaskLambdaArn: preAnnotation?.functionArn,
      consolidationLambdaArn: consolidation?.functionArn,
      preAnnotation,
      consolidation,
    }),
  };
}

/** An adjustment that wrote over the labels that it adjusts would label nothing: every object has that attribute already. */
export function auditProblems(labelAttributeName: string, { auditLabelAttributeName, id }: TaskTypeRules): string[] {
  return isKnown(labelAttributeName) && labelAttributeName === auditLabelAttributeName
    ? [`'labelAttributeName' ${JSON.stringify(labelAttributeName)} must differ from the attribute of the labels that task type ${id} reads`] : [];
}
