import { Node } from 'constructs';

/** What the tutorial keeps in `local.env` and `supervisely.env`; each of it can be given as context: `cdk deploy -c teamId=8`. */
export interface Settings {
  readonly server: string;
  /** Name of the secret that holds the API token. */
  readonly tokenSecret: string;
  readonly teamId: number;
  readonly projectId: number;
  readonly datasetName: string;
  readonly userLogin: string;
  /** The half of the dataset's images that the second labeler gets. */
  readonly imageIds: number[];
  /** How far the story has come: another chapter is another deployment. */
  readonly chapter: Chapter;
}

export const CHAPTERS = ['start', 'labeled', 'completed'] as const;
export type Chapter = typeof CHAPTERS[number];

export function readSettings(node: Node): Settings {
  const text = (name: string, otherwise: string): string => node.tryGetContext(name) ?? otherwise;
  const chapter = text('chapter', 'start') as Chapter;
  if (!CHAPTERS.includes(chapter)) throw new Error(`the context "chapter" must be one of ${CHAPTERS.join(', ')}, got "${chapter}"`);
  return {
    server: text('server', 'https://app.supervisely.com'),
    tokenSecret: text('tokenSecret', 'supervisely/api-token'),
    teamId: Number(text('teamId', '8')),
    projectId: Number(text('projectId', '5555')),
    datasetName: text('datasetName', 'ds1'),
    userLogin: text('userLogin', 'my_username'),
    imageIds: text('imageIds', '3882697,3882698,3882699').split(',').map(Number),
    chapter,
  };
}
