import { LabelAttributeEntry } from './model/groundtruth/label-categories';
import { refuse } from './private/errors';
import { tokenProblems } from './private/tokens';

/** Options of a `LabelAttribute`. */
export interface LabelAttributeOptions {
  /**
   * What it means, up to 128 characters. Attributes of frames need it.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether a worker must say it.
   *
   * @default false
   */
  readonly required?: boolean;

  /**
   * Whether a worker of an adjustment job may change it.
   *
   * @default true
   */
  readonly editable?: boolean;
}

/**
 * What a worker says about a labeled object or a frame besides its label. Only tasks on video frames and point clouds have attributes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-label-cat-config-attributes.html
 */
export class LabelAttribute {
  /**
   * One of some values.
   *
   * @param name 1 to 16 characters
   * @param values 1 to 10 values of 1 to 16 characters
   * @param options what else is known of it
   */
  public static choice(name: string, values: string[], options: LabelAttributeOptions = {}): LabelAttribute {
    return new LabelAttribute({ name, type: 'string', enum: values }, options);
  }

  /**
   * A free text.
   *
   * @param name 1 to 16 characters
   * @param options what else is known of it
   */
  public static text(name: string, options: LabelAttributeOptions = {}): LabelAttribute {
    return new LabelAttribute({ name, type: 'string' }, options);
  }

  /**
   * A number.
   *
   * @param name 1 to 16 characters
   * @param minimum the smallest number allowed
   * @param maximum the largest number allowed
   * @param options what else is known of it
   */
  public static number(name: string, minimum: number, maximum: number, options: LabelAttributeOptions = {}): LabelAttribute {
    return new LabelAttribute({ name, type: 'number', minimum, maximum }, options);
  }

  /** @internal */
  public readonly _entry: LabelAttributeEntry;

  private constructor(entry: LabelAttributeEntry, { description, required, editable }: LabelAttributeOptions) {
    const texts = [entry.name, description, ...entry.enum ?? [], entry.minimum, entry.maximum];
    refuse('LabelAttribute', tokenProblems('attribute', texts, 'it is written to a file'));
    this._entry = {
      name: entry.name,
      type: entry.type,
      ...(description === undefined ? {} : { description }),
      ...(entry.enum ? { enum: [...entry.enum] } : {}),
      ...(entry.minimum === undefined ? {} : { minimum: entry.minimum, maximum: entry.maximum }),
      ...(required === undefined ? {} : { isRequired: required }),
      ...(editable === false ? { editsAllowed: 'none' as const } : {}),
    };
  }
}
