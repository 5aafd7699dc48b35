import { chooseMails, Mail } from '../quickstart/mails';

/** Real mails of the quickstart's choice. */
const MAILS: readonly Mail[] = chooseMails();

/** What comes in the first days. */
export const FIRST_MAILS: readonly Mail[] = MAILS.slice(0, 40);

/** What comes after weeks of silence. */
export const LATER_MAILS: readonly Mail[] = MAILS.slice(40, 60);

/** A mail as a record of the stream. */
export function recordOf(mail: Mail): string {
  return JSON.stringify({ source: mail.text, mail: mail.id });
}
