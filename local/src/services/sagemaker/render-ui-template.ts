import { checkRole } from './checks/role';
import { invalid } from './errors';
import type { EngineCore } from '../../core/engine';
import type { WorkerTemplates } from '../../labeling/worker-template';

interface RenderRequest {
  readonly UiTemplate?: { readonly Content: string };
  readonly HumanTaskUiArn?: string;
  readonly Task: { readonly Input: string };
  readonly RoleArn: string;
}

interface RenderAnswer {
  readonly RenderedContent: string;
  readonly Errors: Array<{ readonly Code: string; readonly Message: string }>;
}

/** Renders a template as a worker would see it; what is wrong with it is the answer, not an error of the call. */
export async function renderUiTemplate(
  core: EngineCore, templates: WorkerTemplates, contentOf: (arn: string) => string, request: RenderRequest,
): Promise<RenderAnswer> {
  if ((request.UiTemplate === undefined) === (request.HumanTaskUiArn === undefined)) {
    throw invalid('RenderUiTemplate takes exactly one of UiTemplate and HumanTaskUiArn');
  }
  await checkRole(core, 'RoleArn', request.RoleArn);
  const template = request.UiTemplate?.Content ?? contentOf(request.HumanTaskUiArn!);
  let input: unknown;
  try {
    input = JSON.parse(request.Task.Input);
  } catch (error) {
    return failed('InvalidTaskInput', error as Error);
  }
  try {
    return { RenderedContent: await templates.render(template, input), Errors: [] };
  } catch (error) {
    return failed('InvalidTemplate', error as Error);
  }
}

function failed(Code: string, error: Error): RenderAnswer {
  return { RenderedContent: '', Errors: [{ Code, Message: error.message }] };
}
