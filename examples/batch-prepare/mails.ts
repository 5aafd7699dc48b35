import { chooseMails, Mail } from '../quickstart/mails';

/** The bucket in which mails lie archived. */
export const ARCHIVE = 'mail-archive';

/** A mail as the archive has it. */
export interface ArchivedMail {
  /** A key that has to be encoded in the manifests of batch jobs. */
  readonly key: string;
  readonly body: string;
  readonly label?: Mail['label'];
}

/** 24 real mails, and a file that is none: somebody's mistake, as archives have them. */
export const ARCHIVED_MAILS: readonly ArchivedMail[] = [
  ...chooseMails().slice(0, 24).map(({ id, text, label }) => ({ key: `old mails/${id}.eml`, body: text, label })),
  { key: 'old mails/notes+thoughts.txt', body: '\n\nbuy milk' },
];
