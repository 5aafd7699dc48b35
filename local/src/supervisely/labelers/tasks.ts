/** Something that one person does next. */
export interface Task {
  readonly label: string;
  readonly seconds: number;
  /** False when it has been taken away meanwhile: the job was stopped, given to somebody else, removed. */
  readonly isStillThere: () => boolean;
  readonly carryOut: (seconds: number) => void;
}
