import { frameLabelDocument, frameLabelProblems, FrameLabels, FrameDocumentOptions } from './frame-label-categories';
import { FRAME_DOCUMENT, labelCategoryDocument, PLAIN_DOCUMENT, WorkerInstructions } from './label-categories';

/** How a task type writes its label category file, and what it does not take. */
export interface LabelDocument {
  /** The file. */
  render(labels: FrameLabels): string;
  /** The part of the file that defines the labels: whoever changes only instructions labels nothing again. */
  meaning(labels: FrameLabels): string;
  /** What the user set beside the labels. */
  readonly revision?: string;
  /** What is wrong with labels written in code. */
  ownProblems(labels: FrameLabels): string[];
  /** What is wrong with a file of the user's own. */
  fileProblems(document: string, content: string): string[];
}

export interface PlainDocumentOptions {
  /** Named entity recognition shows them, all other types have them in their template. */
  readonly instructions?: WorkerInstructions;
  /** What of the instructions the user set. */
  readonly revision?: string;
}

export function plainDocument({ instructions, revision }: PlainDocumentOptions = {}): LabelDocument {
  return {
    render: ({ labels }) => labelCategoryDocument(labels, instructions),
    meaning: ({ labels }) => labelCategoryDocument(labels),
    revision,
    ownProblems: ({ labels, categoryGlobalAttributes, frameAttributes }) => {
      const attributes = categoryGlobalAttributes.length + frameAttributes.length + labels.flatMap(({ categoryAttributes = [] }) => categoryAttributes).length;
      return attributes > 0 || labels.some(({ editsAllowed }) => editsAllowed) ? ['attributes and \'editable\' are for video frames and point clouds only, leave them out'] : [];
    },
    fileProblems: (document, content) => [
      ...wrongDocument(document, PLAIN_DOCUMENT),
      ...(instructions && (JSON.parse(content) as { instructions?: unknown }).instructions === undefined
        ? ['the file must have "instructions": {"shortInstruction": "…", "fullInstruction": "…"} for named entity recognition'] : []),
    ],
  };
}

export interface FrameDocumentRules extends FrameDocumentOptions {
  /** Point clouds that are painted have no attributes of labels. */
  readonly labelAttributes: boolean;
  readonly revision?: string;
}

export function frameDocument({ labelAttributes, revision, ...options }: FrameDocumentRules): LabelDocument {
  return {
    render: (labels) => frameLabelDocument(labels, options),
    meaning: (labels) => frameLabelDocument(labels, { ...options, instructions: undefined }),
    revision,
    ownProblems: (labels) => [
      ...frameLabelProblems(labels),
      ...(labelAttributes || !labels.labels.some(({ categoryAttributes }) => categoryAttributes) ? [] : ['labels of this task type have no attributes: Ground Truth would ignore them']),
    ],
    fileProblems: (document) => wrongDocument(document, FRAME_DOCUMENT),
  };
}

function wrongDocument(document: string, expected: string): string[] {
  return document === expected ? [] : [`the file is of version ${document}, this task type needs ${expected}`];
}
