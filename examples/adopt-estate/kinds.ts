import type { CreateLabelingJobRequest } from '@aws-sdk/client-sagemaker';

/** What people did in this estate. */
export type Kind = 'text' | 'topics' | 'names' | 'image' | 'scenes' | 'boxes' | 'masks' | 'frames' | 'lidar' | 'moods' | 'notes';

/** Where everything lies that jobs read. */
export const DATA = 'labeling-inputs';

/** What a kind's jobs have in common, in the API's terms. */
export interface KindOfJob {
  /** `PRE-<task>` and `ACS-<task>` are its functions; without it the account has functions of its own. */
  readonly task?: string;
  /** The service's own page; the others have one of the account's. */
  readonly ui?: string;
  readonly title: string;
  readonly attribute: string;
  /** Which of the data it reads. */
  readonly objects: 'mails' | 'images' | 'clips' | 'clouds';
  readonly workers: number;
  /** The page's file, below the bucket of the data. */
  readonly page?: string;
  readonly labels?: readonly string[];
}

export const KINDS: Readonly<Record<Kind, KindOfJob>> = {
  text: { task: 'TextMultiClass', title: 'Spam or ham?', attribute: 'spam', objects: 'mails', workers: 1, page: classifier('crowd-classifier'), labels: ['ham', 'spam'] },
  topics: { task: 'TextMultiClassMultiLabel', title: 'Topics', attribute: 'topics', objects: 'mails', workers: 2, page: classifier('crowd-classifier-multi-select'), labels: ['money', 'software', 'health'] },
  names: { task: 'NamedEntityRecognition', ui: 'NamedEntityRecognition', title: 'Names', attribute: 'names', objects: 'mails', workers: 2, labels: ['Person', 'Place'] },
  image: { task: 'ImageMultiClass', title: 'What is it?', attribute: 'animal', objects: 'images', workers: 1, page: drawing('crowd-image-classifier', 'categories'), labels: ['cat', 'dog'] },
  scenes: { task: 'ImageMultiClassMultiLabel', title: 'What is in it?', attribute: 'scene', objects: 'images', workers: 1, page: drawing('crowd-image-classifier-multi-select', 'categories'), labels: ['sky', 'street', 'water'] },
  boxes: { task: 'BoundingBox', title: 'Draw boxes', attribute: 'boxes', objects: 'images', workers: 1, page: drawing('crowd-bounding-box', 'labels'), labels: ['car', 'person'] },
  masks: { task: 'SemanticSegmentation', title: 'Paint', attribute: 'mask-ref', objects: 'images', workers: 1, page: drawing('crowd-semantic-segmentation', 'labels'), labels: ['road', 'field'] },
  frames: { task: 'VideoObjectDetection', ui: 'VideoObjectDetection', title: 'Things in frames', attribute: 'things-ref', objects: 'clips', workers: 1, labels: ['car', 'bus'] },
  lidar: { task: '3DPointCloudObjectDetection', ui: 'PointCloudObjectDetection', title: 'Cuboids', attribute: 'cuboids', objects: 'clouds', workers: 1, labels: ['Car', 'Tree'] },
  moods: { title: 'Moods', attribute: 'mood', objects: 'mails', workers: 2, page: '<crowd-form><p>{{ task.input.text }}</p><crowd-slider name="heat" min="1" max="5"></crowd-slider></crowd-form>' },
  notes: { task: 'PassThrough', title: 'Notes', attribute: 'note', objects: 'mails', workers: 1, page: '<crowd-form><p>{{ task.input.source }}</p><crowd-input name="note"></crowd-input></crowd-form>' },
};

function classifier(element: string): string {
  return `<crowd-form><${element} name="${element}" categories="{{ task.input.labels | to_json | escape }}" header="Read">
    <classification-target>{{ task.input.taskObject }}</classification-target><full-instructions header="Read">Read.</full-instructions>
    <short-instructions>Read.</short-instructions></${element}></crowd-form>`;
}

function drawing(element: string, labels: string): string {
  return `<crowd-form><${element} name="annotatedResult" src="{{ task.input.taskObject | grant_read_access }}" header="Look" ${labels}="{{ task.input.labels | to_json | escape }}">
    <full-instructions header="Look">Look.</full-instructions><short-instructions>Look.</short-instructions></${element}></crowd-form>`;
}

/** The functions of a kind's own: a page gets the text, and a mood is the mean of what workers said. */
export const OWN_FUNCTIONS = {
  before: 'exports.handler = async ({ dataObject }) => ({ taskInput: { text: dataObject.source } });',
  after: `exports.handler = async ({ payload, labelAttributeName }) => {
    const [, bucket, key] = /^s3:\\/\\/([^/]+)\\/(.*)$/.exec(payload.s3Uri);
    const objects = await (await fetch(process.env.AWS_ENDPOINT_URL + '/' + bucket + '/' + key)).json();
    const heat = ({ annotationData }) => Number(JSON.parse(annotationData.content).heat);
    return objects.map(({ datasetObjectId, annotations }) => ({
      datasetObjectId,
      consolidatedAnnotation: { content: { [labelAttributeName]: annotations.map(heat).reduce((sum, each) => sum + each, 0) / annotations.length } },
    }));
  };`,
};

/** The part of a request that says what workers do. */
export function taskOf(kind: Kind, workteamArn: string, functions: { before: string; after: string }): CreateLabelingJobRequest['HumanTaskConfig'] {
  const { task, ui, title, workers } = KINDS[kind];
  const aws = (prefix: string) => `arn:aws:lambda:us-east-1:432418664414:function:${prefix}-${task}`;
  return {
    WorkteamArn: workteamArn,
    UiConfig: ui ? { HumanTaskUiArn: `arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/${ui}` } : { UiTemplateS3Uri: `s3://${DATA}/pages/${kind}.liquid.html` },
    PreHumanTaskLambdaArn: task ? aws('PRE') : functions.before,
    AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: task ? aws('ACS') : functions.after },
    TaskTitle: title,
    TaskDescription: title,
    NumberOfHumanWorkersPerDataObject: workers,
    TaskTimeLimitInSeconds: 600,
    // two objects at a time are with people, so that labels are made as the work goes on
    MaxConcurrentTaskCount: 2,
  };
}

/** The file of a kind's labels, in the form that its task type reads. */
export function labelFile(kind: Kind): object | undefined {
  const { labels, objects } = KINDS[kind];
  const entries = labels?.map((label) => ({ label }));
  if (!entries) return undefined;
  if (objects === 'clips' || objects === 'clouds') return { documentVersion: '2020-03-01', labels: entries };
  return {
    'document-version': '2018-11-28', 'labels': entries,
    ...kind === 'names' && { instructions: { shortInstruction: '<p>Mark names.</p>', fullInstruction: '<p>Mark all names.</p>' } },
  };
}
