import type { AnnotatorProfile } from './annotator';
import type { AcceptedTask } from './crew';
import type { OpenObject } from './open-object';

/** What happens to a batch's tasks. */
export interface BatchHandlers {
  readonly workersPerObject: number;
  readonly timeLimitSeconds: number;
  random(profile: AnnotatorProfile, object: OpenObject): () => number;
  unwanted(object: OpenObject): boolean;
  answered(object: OpenObject, profile: AnnotatorProfile, acceptedAt: number, random: () => number): Promise<void>;
  givenBack(object: OpenObject): Promise<void>;
}

/** Objects that are done with are forgotten when so many have gathered. */
const CLOSED_AT_ONCE = 1000;

/** The objects that are before the workers at one time. */
export class TaskBatch {
  /** How far into the objects each annotator has looked: what lies before holds nothing for them. */
  private readonly looked = new Map<string, number>();
  private objects: OpenObject[];
  private unclosed: number;

  constructor(objects: readonly OpenObject[], private readonly handlers: BatchHandlers) {
    this.objects = [...objects];
    this.unclosed = objects.length;
  }

  /** How many objects still wait for answers. */
  get open(): number {
    return this.unclosed;
  }

  get done(): boolean {
    return this.unclosed === 0;
  }

  get size(): number {
    return this.objects.length;
  }

  /** Objects that still wait for answers. */
  unfinished(): OpenObject[] {
    return this.objects.filter((object) => !object.closed);
  }

  close(object: OpenObject): void {
    if (!object.closed) {
      object.closed = true;
      this.unclosed--;
    }
  }

  /** One more comes while the others are worked on. */
  add(object: OpenObject): void {
    if (this.objects.length - this.unclosed >= CLOSED_AT_ONCE) {
      this.objects = this.unfinished();
      this.looked.clear();
    }
    this.objects.push(object);
    this.unclosed++;
  }

  accept(profile: AnnotatorProfile): AcceptedTask | undefined {
    for (let at = this.looked.get(profile.name) ?? 0; at < this.objects.length; at++) {
      const object = this.objects[at];
      const wanted = !object.closed && object.annotations.length + object.accepted < this.handlers.workersPerObject;
      if (wanted && !object.seenBy.has(profile.name)) {
        this.looked.set(profile.name, at + 1);
        return this.task(object, profile);
      }
    }
    this.looked.set(profile.name, this.objects.length);
    return undefined;
  }

  private task(object: OpenObject, profile: AnnotatorProfile): AcceptedTask {
    object.seenBy.add(profile.name);
    object.accepted++;
    return {
      random: this.handlers.random(profile, object),
      timeLimitSeconds: this.handlers.timeLimitSeconds,
      unwanted: this.handlers.unwanted(object),
      submit: async (_, acceptedAt, random) => {
        if (!object.closed) {
          await this.handlers.answered(object, profile, acceptedAt, random);
        }
        object.accepted--;
      },
      giveBack: async (_, how) => {
        object.accepted--;
        object.declined += how === 'declined' ? 1 : 0;
        if (how === 'withdrawn') {
          object.seenBy.delete(profile.name);
        }
        // Others who have passed by may take it now.
        this.looked.clear();
        if (!object.closed) {
          await this.handlers.givenBack(object);
        }
      },
    };
  }
}
