import { createLabelingJob } from './create-labeling-job';
import { HumanTaskUis } from './human-task-uis';
import { JobStore } from './job-store';
import type { LabelingJobRequest } from './labeling-job';
import { labelingJobOperations } from './labeling-jobs';
import { renderUiTemplate } from './render-ui-template';
import { seedControl } from './seed-control';
import { TagStore } from './tags';
import { Workforces } from './workforces';
import { Workteams } from './workteams';
import type { EngineCore } from '../../core/engine';
import type { Service } from '../../core/service';
import { annotatorControl } from '../../labeling/annotator-control';
import { Crews } from '../../labeling/crews';
import { failureControl } from '../../labeling/failure-control';
import { JobLifecycle } from '../../labeling/job-lifecycle';
import { presigner } from '../../labeling/presigned-url';
import { Truths } from '../../labeling/truths';
import { WorkerTemplates } from '../../labeling/worker-template';

/** Ground Truth: labeling jobs, and the teams and user interfaces that they need. */
export function createSageMaker(core: EngineCore): Service {
  const tags = new TagStore();
  const jobs = new JobStore();
  const workforces: Workforces = new Workforces(core, tags, () => workteams.size > 0);
  const workteams: Workteams = new Workteams(core, tags, workforces);
  const templates = new WorkerTemplates(presigner(core));
  const humanTaskUis = new HumanTaskUis(core, tags, templates.parser);
  const crews = new Crews(core);
  const truths = new Truths((name) => core.random(name));
  const lifecycle = new JobLifecycle({ core, jobs, workteams, workforces, crews, truths, templates });
  const codes = core.random('job-reference-codes');
  const workteamExists = (arn: string) => workteams.exists(arn);
  const creation = {
    core,
    jobs,
    workteamExists,
    templates: templates.parser,
    jobReferenceCode: () => Math.floor(codes() * 1e8).toString().padStart(8, '0') + jobs.size.toString().padStart(6, '0'),
  };
  return {
    name: 'sagemaker',
    operations: {
      CreateLabelingJob: async (request: LabelingJobRequest) => {
        const job = await createLabelingJob(creation, request);
        tags.create(job.arn, request.Tags);
        lifecycle.begin(job);
        return { LabelingJobArn: job.arn };
      },
      ...labelingJobOperations({ settings: core.settings, jobs, tags, workteamExists, stop: (job) => lifecycle.stop(job) }),
      ...workteams.operations(),
      ...workforces.operations(),
      ...humanTaskUis.operations(),
      ...tags.operations(),
      RenderUiTemplate: (request: Parameters<typeof renderUiTemplate>[3]) => (
        renderUiTemplate(core, templates, (arn) => humanTaskUis.contentOf(arn), request)),
    },
    controlRoutes: {
      'POST /_local/annotators': annotatorControl(crews, truths),
      'POST /_local/labeling-jobs/seed': seedControl({ core, jobs, tags }),
      'POST /_local/labeling-jobs/:name/fail': failureControl(jobs, (job, failure) => lifecycle.failOnRequest(job, failure)),
    },
    simplified: {
      CreateLabelingJob: 'simulated annotators work on every built-in task type and on custom workflows of form elements; '
        + 'the model of automated data labeling is a simulated one, of which only the ARN is there and which learns nothing from an initial one',
      CreateWorkforce: 'active at once; identity providers, IP ranges and VPCs are recorded without effect',
      CreateWorkteam: 'members are recorded; simulated annotators answer in their place, and a notification says that tasks are available',
      ListSubscribedWorkteams: 'no vendor teams exist',
      DescribeSubscribedWorkteam: 'no vendor teams exist',
      DescribeHumanTaskUi: 'the template\'s digest without its address',
    },
  };
}
