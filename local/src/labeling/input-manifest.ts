import { setImmediate as nextTurn } from 'node:timers/promises';
import { Manifest } from './manifest';
import type { EngineCore } from '../core/engine';
import type { LabelingJob } from '../services/sagemaker/labeling-job';
import { parseS3Uri } from '../services/sagemaker/s3-uri';
import { CUSTOM } from '../services/sagemaker/task-types';

const MOST_OBJECTS = 100_000;
const MOST_SEGMENTED = 20_000;
const LINES_PER_TURN = 1000;

/** Reads a job's input manifest; what is wrong with it as a whole fails the job. */
export async function readInputManifest(core: EngineCore, job: LabelingJob): Promise<Manifest> {
  const location = parseS3Uri(job.request.InputConfig.DataSource.S3DataSource!.ManifestS3Uri)!;
  const { Body } = await core.call('s3', 'GetObject', { Bucket: location.bucket, Key: location.key });
  const manifest = new Manifest(Buffer.from(Body));
  if (manifest.size === 0) {
    throw new Error('the input manifest has no data objects');
  }
  const most = job.plan.taskType.suffix.endsWith('SemanticSegmentation') && job.plan.taskType.data === 'image' ? MOST_SEGMENTED : MOST_OBJECTS;
  if (core.settings.quota === 'documented' && manifest.size > most) {
    throw new Error(`the input manifest has ${manifest.size} data objects; a labeling job of this task type has at most ${most}`);
  }
  if (job.plan.taskType !== CUSTOM) {
    await carryLabels(manifest, job.request.LabelAttributeName);
  }
  return manifest;
}

/** Lines that have the label already are not labeled again. */
async function carryLabels(manifest: Manifest, attribute: string): Promise<void> {
  for (let index = 0; index < manifest.size; index++) {
    if (hasMember(manifest.line(index), attribute)) {
      manifest.setState(index, 'carried');
    }
    if (index % LINES_PER_TURN === LINES_PER_TURN - 1) {
      await nextTurn();
    }
  }
}

function hasMember(line: string, name: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(line) as object, name);
  } catch {
    return false;
  }
}
