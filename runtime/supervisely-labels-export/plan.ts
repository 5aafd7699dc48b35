import { ExportedJob, findJobs, FoundJobs, nameInLabels } from './find-jobs';
import type { ExportPorts } from './ports';
import { ExportPlan, once, PlannedImage, readJson, WorkFiles } from './work-files';
import { labelAttributeProblems } from '../../src/model/groundtruth/label-attribute';
import { chooseJobs } from '../../src/model/supervisely/export/job-choice';
import { figureClasses, JobRestriction, LabelClass, tagClasses } from '../../src/model/supervisely/export/label-classes';
import { formatOfShapes, LABEL_KINDS, LabelFormatSpec } from '../../src/model/supervisely/export/label-format';
import { MOST_MASK_ENTRIES } from '../../src/model/supervisely/export/mask-colors';
import type { ProjectMeta } from '../../src/model/supervisely/project-meta';
import { decodeConnection, id } from '../../src/supervisely/private/connection-contract';
import type { ImportRecord } from '../../src/supervisely/private/dataset-import-contract';
import type { ExportProgress, ExportRequest, PlanEvent } from '../../src/supervisely/private/labels-export-contract';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';
import type { Caller } from '../shared/supervisely/client';
import { Dataset, findDataset } from '../shared/supervisely/datasets';
import { entitiesOf } from '../shared/supervisely/pages';

/** Writes down which images there are, whose label each gets, and what the labels are made of. */
export async function plan(event: PlanEvent, ports: ExportPorts): Promise<ExportProgress> {
  const { request } = event;
  const caller = ports.connect(decodeConnection(request.connection));
  const found = await findJobs(request, caller, ports.files);
  const dataset = await datasetOf(request, caller, ports);
  if (found.jobs.length === 0 && dataset === undefined) {
    log('there are no jobs to export', { missing: found.missing });
    return { next: 'nothing', from: 0 };
  }
  const projectId = projectOf(found.jobs, dataset);
  const meta = await caller.call<ProjectMeta>('projects.meta', { id: projectId });
  const { missing, completed } = found;
  const planned: ExportPlan = { projectId, ...formOf(request, found, meta), jobs: found.jobs.map(plannedJob), missing, completed };
  const work = new WorkFiles(event);
  const images = await plannedImages(found.jobs, dataset, caller);
  await ports.files.write(work.images, 'application/jsonlines', lines(images));
  await ports.files.write(work.plan, 'application/json', once(JSON.stringify(planned)));
  log('export planned', { projectId, images: images.length, jobs: found.jobs.length, missing: found.missing, format: planned.format });
  return { next: images.length > 0 ? 'read' : 'finish', from: 0 };
}

async function datasetOf({ dataset }: ExportRequest, caller: Caller, { files }: ExportPorts): Promise<Dataset | undefined> {
  if (!dataset) return undefined;
  const { Id, ProjectId, Name, ImportRecord: uri } = dataset;
  const record = uri === undefined ? undefined : await readJson<ImportRecord>(uri, files);
  // an import that goes on makes a dataset that is not what it will be
  if (uri !== undefined && !record) return undefined;
  const idOf = (name: string, value: number | string | undefined): number | undefined => (value === undefined ? undefined : id(name, value));
  const reference = { id: record?.datasetId ?? idOf('dataset.Id', Id), projectId: idOf('dataset.ProjectId', ProjectId), name: Name };
  return findDataset(caller, reference, undefined);
}

function projectOf(jobs: readonly ExportedJob[], dataset: Dataset | undefined): number {
  const ids = [...new Set([...jobs.map((job) => job.projectId), ...dataset ? [dataset.projectId] : []])];
  if (ids.length === 1) return ids[0];
  throw new UserError(`what is exported lies in the projects ${ids.join(', ')}, each with classes of its own: make an export for each of them`);
}

/** The format and the classes, in the order of their numbers. */
function formOf(request: ExportRequest, { jobs }: FoundJobs, meta: ProjectMeta): { format: LabelFormatSpec; classes: readonly LabelClass[] } {
  const { labelAttributeName, labels } = request;
  const restrictions = jobs.map(restrictionOf);
  const shapes = (): string[] => known(figureClasses(meta, restrictions, labels)).map(({ shape }) => shape);
  const format = request.format ?? known(formatOfShapes(shapes(), labelAttributeName.endsWith('-ref')));
  const { kind } = format;
  const classes = kind === 'classification' || kind === 'multiLabelClassification'
    ? known(tagClasses(meta, restrictions, labels, format))
    : known(figureClasses(meta, restrictions, labels)).map(({ title, color }) => ({ name: title, color }));
  known(labelAttributeProblems(labelAttributeName, kind, LABEL_KINDS[kind].isReference).join('; ') || []);
  if (kind === 'semanticSegmentation' && classes.length > MOST_MASK_ENTRIES) {
    throw new UserError(`a segmentation has at most ${MOST_MASK_ENTRIES} classes, got ${classes.length}: say with 'labels' which are meant`);
  }
  return { format, classes };
}

function known<T>(value: T | string): T {
  if (typeof value === 'string') throw new UserError(value);
  return value;
}

/** Older servers say `title`. */
interface Named { readonly name?: string; readonly title?: string }

function restrictionOf({ meta }: ExportedJob): JobRestriction {
  const names = (list: unknown): string[] => ((list ?? []) as readonly Named[]).flatMap(({ name, title }) => name ?? title ?? []);
  return { classes: names(meta.classes), tags: names(meta.projectTags) };
}

function plannedJob(job: ExportedJob): ExportPlan['jobs'][number] {
  return { id: job.id, title: job.name, name: nameInLabels(job), status: job.status, finishedAt: job.finishedAt, labelerLogin: job.labelerLogin };
}

/** By datasets and ids: the order in which they came to the server. */
async function plannedImages(jobs: readonly ExportedJob[], dataset: Dataset | undefined, caller: Caller): Promise<PlannedImage[]> {
  const datasets = new Map(jobs.flatMap(({ entities, datasetId }) => entities.map(({ id: imageId }) => [imageId, datasetId] as const)));
  const images: PlannedImage[] = chooseJobs(jobs.map((job) => ({ ...job, images: job.entities }))).map(({ imageId, job, accepted, others }) => ({
    id: imageId,
    datasetId: datasets.get(imageId)!,
    ...job !== undefined && { job },
    ...accepted && { accepted: true as const },
    ...others.length > 0 && { others },
  }));
  if (dataset) {
    for await (const image of entitiesOf<{ readonly id: number }>(caller, 'images.list', { projectId: null, datasetId: dataset.id, filter: [], recursive: false })) {
      if (!datasets.has(image.id)) images.push({ id: image.id, datasetId: dataset.id, ifMarked: true });
    }
  }
  return images.sort((a, b) => a.datasetId - b.datasetId || a.id - b.id);
}

async function* lines(images: readonly PlannedImage[]): AsyncIterable<string> {
  for (const image of images) yield `${JSON.stringify(image)}\n`;
}
