import { chooseMails, Mail } from '../quickstart/mails';

export const MAILS_PER_JOB = 30;

/** 240 real mails of the quickstart's choice: eight jobs' worth. */
export const FLEET_MAILS: readonly Mail[] = chooseMails().slice(0, 240);
