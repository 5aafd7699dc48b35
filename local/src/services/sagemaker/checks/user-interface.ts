import { Liquid } from 'liquidjs';
import type { EngineCore } from '../../../core/engine';
import { GROUND_TRUTH_ACCOUNT } from '../arns';
import { invalid } from '../errors';
import type { HumanTaskConfig } from '../labeling-job';
import type { TaskType } from '../task-types';
import { readText } from './objects';

const LONGEST_TEMPLATE = 128_000;

/** Checks the user interface and returns the worker template; empty where the service has its own. */
export async function checkUserInterface(core: EngineCore, config: HumanTaskConfig, taskType: TaskType, parser: Liquid): Promise<string> {
  const { UiTemplateS3Uri: templateUri, HumanTaskUiArn: uiArn } = config.UiConfig;
  if ((templateUri === undefined) === (uiArn === undefined)) {
    throw invalid('HumanTaskConfig.UiConfig must have exactly one of UiTemplateS3Uri and HumanTaskUiArn');
  }
  if (taskType.humanTaskUi !== undefined) {
    checkServiceUi(core, uiArn, taskType);
    return '';
  }
  if (templateUri === undefined) {
    throw invalid(`HumanTaskConfig.UiConfig.HumanTaskUiArn '${uiArn}' cannot be used with the task type ${taskType.suffix || 'custom'}; give UiTemplateS3Uri instead`);
  }
  const template = await readText(core, 'HumanTaskConfig.UiConfig.UiTemplateS3Uri', templateUri);
  checkTemplate(`HumanTaskConfig.UiConfig.UiTemplateS3Uri '${templateUri}'`, template, parser);
  return template;
}

function checkServiceUi(core: EngineCore, uiArn: string | undefined, taskType: TaskType): void {
  const expected = `arn:${core.settings.partition}:sagemaker:${core.settings.region}:${GROUND_TRUTH_ACCOUNT}:human-task-ui/${taskType.humanTaskUi}`;
  if (uiArn !== expected) {
    throw invalid(`HumanTaskConfig.UiConfig.HumanTaskUiArn must be '${expected}' for the task type ${taskType.suffix}, got ${uiArn ?? 'none'}`);
  }
}

export function checkTemplate(what: string, template: string, parser: Liquid): void {
  if (template.length > LONGEST_TEMPLATE) {
    throw invalid(`${what} has ${template.length} characters; a worker template has at most ${LONGEST_TEMPLATE}`);
  }
  try {
    parser.parse(template);
  } catch (error) {
    throw invalid(`${what} is not valid Liquid: ${(error as Error).message}`);
  }
  if (!/<crowd-(?:form|entity-annotation)[\s>]/i.test(template)) {
    throw invalid(`${what} has no <crowd-form> element (nor <crowd-entity-annotation>, which submits by itself): a worker's answer could not be submitted`);
  }
}
