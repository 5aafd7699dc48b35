import { App, CfnResource, Stack } from 'aws-cdk-lib';
import type { Measurement } from './benchmark';
import { medianMs } from './benchmark';
import { groundtruth, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow } from '../src';

/** What a labeling workflow adds to a synthesis, against the same template written as bare resources. */
export async function* benchmark(): AsyncGenerator<Measurement> {
  for (const n of [1, 10, 50]) {
    const template = synthesise(n);
    const ours = await medianMs(5, () => synthesise(n));
    const peer = await medianMs(5, () => synthesiseBare(template));
    yield { n, ours, peer, peerName: 'the same resources as CfnResource', unit: 'ms' };
  }
}

interface Template { Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }> }

function synthesise(workflows: number): Template {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Bench');
  const workteam = groundtruth.Workteam.fromWorkteamName(stack, 'Team', 'readers');
  for (let index = 0; index < workflows; index++) {
    new LabelingWorkflow(stack, `Workflow${index}`, {
      backend: LabelingBackend.groundTruth({ taskType: groundtruth.TaskType.textClassification(), workteam }),
      labels: LabelCategories.of('ham', 'spam'),
      input: LabelingInput.fromRecords([{ source: `mail ${index}` }]),
    });
  }
  return app.synth().getStackArtifact(stack.artifactId).template;
}

function synthesiseBare({ Resources }: Template): void {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Bench');
  for (const [id, { Type, Properties }] of Object.entries(Resources)) new CfnResource(stack, id, { type: Type, properties: Properties });
  app.synth();
}
