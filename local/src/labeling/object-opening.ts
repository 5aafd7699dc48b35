import type { LabelBook } from './label-book';
import type { OpenObject } from './open-object';
import type { Records } from './records';
import type { TaskPreparation } from './task-preparation';

/** Makes tasks of some objects: those that cannot be worked on fail, those that need no human are left out. */
export async function openObjects(
  lines: readonly number[], records: Records, book: LabelBook, prepare: TaskPreparation, wanted: () => boolean,
): Promise<OpenObject[]> {
  const objects: OpenObject[] = [];
  for (const index of lines) {
    if (!wanted()) {
      break;
    }
    try {
      const object = await prepare(index, records.line(index));
      records.setState(index, object === undefined ? 'excluded' : 'open');
      objects.push(...(object === undefined ? [] : [object]));
    } catch (error) {
      book.fail(index, (error as Error).message, true);
    }
  }
  return objects;
}
