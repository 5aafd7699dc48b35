/** What a check needs is not there. */
export class NotPossible extends Error {}
