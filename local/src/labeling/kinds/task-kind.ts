import type { LabelCategories } from '../../services/sagemaker/label-category-file';
import type { DataObject } from '../data-object';
import type { FormField } from '../forms/form-field';
import type { AnsweredObject, Consolidation, LabelContext } from '../labeled-object';
import type { ObjectReader } from '../object-reader';

/** Stands in for one of the service's own consolidation functions. */
export type Consolidate = (objects: readonly AnsweredObject[]) => Consolidation | Promise<Consolidation>;

/** What a task of the service's own user interface is made of. */
export interface InterfaceTask {
  readonly object: DataObject;
  readonly categories: LabelCategories;
  readonly reader: ObjectReader;
}

/** One kind of labeling: a built-in task type, or a part that several of them share. */
export interface TaskKind {
  /** Whether an object can be worked on at all; what it throws is why not. */
  readonly check?: (task: InterfaceTask) => Promise<void>;
  /** What workers answer in the service's own user interface; without it the worker template says so. */
  readonly fields?: (task: InterfaceTask) => Promise<FormField[]>;
  readonly consolidation: (context: LabelContext) => Consolidate;
}
