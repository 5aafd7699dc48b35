import { ObjectClass } from './object-class';
import { metaOptionProblems, nameProblems, possibleValueProblems } from './private/meta-validation';
import { defaultColor } from '../model/supervisely/default-color';
import type { TagMeta as ServerTag } from '../model/supervisely/project-meta';
import { refuse } from '../private/errors';

/** What a tag may be put on. */
export enum TagApplicability {
  /** Images and objects. */
  ALL = 'all',
  /** Images only. */
  IMAGES_ONLY = 'imagesOnly',
  /** Objects only. */
  OBJECTS_ONLY = 'objectsOnly',
}

/** What values of a tag are. */
export enum TagValueType {
  /** There is none: the tag itself says all. */
  NONE = 'none',
  /** Any text. */
  ANY_STRING = 'any_string',
  /** Any number. */
  ANY_NUMBER = 'any_number',
  /** One of several texts. */
  ONE_OF_STRING = 'oneof_string',
  /** A date. */
  DATE = 'date',
}

/** How a tag looks, and what it may be put on. */
export interface TagMetaOptions {
  /**
   * Colour of the tag, as `#RRGGBB`.
   *
   * @default - one that follows from the name
   */
  readonly color?: string;

  /**
   * Key that chooses the tag in the labeling tool.
   *
   * @default - none
   */
  readonly hotkey?: string;

  /**
   * What the tag may be put on.
   *
   * @default TagApplicability.ALL
   */
  readonly applicableTo?: TagApplicability;

  /**
   * The only classes whose objects may have the tag.
   *
   * @default - all classes
   */
  readonly applicableClasses?: ObjectClass[];
}

/**
 * What may be said about an image or an object beside its class.
 *
 * @see https://developer.supervisely.com/getting-started/supervisely-annotation-format/project-classes-and-tags
 */
export class TagMeta {
  /** A tag without a value. */
  public static none(name: string, options: TagMetaOptions = {}): TagMeta {
    return new TagMeta(name, TagValueType.NONE, undefined, options);
  }

  /** A tag with any text. */
  public static anyString(name: string, options: TagMetaOptions = {}): TagMeta {
    return new TagMeta(name, TagValueType.ANY_STRING, undefined, options);
  }

  /** A tag with any number. */
  public static anyNumber(name: string, options: TagMetaOptions = {}): TagMeta {
    return new TagMeta(name, TagValueType.ANY_NUMBER, undefined, options);
  }

  /**
   * A tag with one of several texts.
   *
   * @param name name of the tag
   * @param possibleValues the texts, each once
   * @param options what it may be put on, and how it looks
   */
  public static oneOf(name: string, possibleValues: string[], options: TagMetaOptions = {}): TagMeta {
    return new TagMeta(name, TagValueType.ONE_OF_STRING, possibleValues, options);
  }

  /** A tag with a date. */
  public static date(name: string, options: TagMetaOptions = {}): TagMeta {
    return new TagMeta(name, TagValueType.DATE, undefined, options);
  }

  /** Name of the tag. */
  public readonly tagName: string;
  /** What its values are. */
  public readonly valueType: TagValueType;

  private readonly possibleValues: string[] | undefined;
  private readonly options: TagMetaOptions;

  private constructor(name: string, valueType: TagValueType, possibleValues: string[] | undefined, options: TagMetaOptions) {
    refuse(`TagMeta of the value type ${valueType}`, [
      ...nameProblems(name), ...metaOptionProblems(options), ...possibleValueProblems(possibleValues), ...applicabilityProblems(options),
    ]);
    this.tagName = name;
    this.valueType = valueType;
    this.possibleValues = possibleValues;
    this.options = options;
  }

  /** @internal */
  public get _classes(): ObjectClass[] {
    return this.options.applicableClasses ?? [];
  }

  /** @internal */
  public _render(): ServerTag {
    const { color, hotkey, applicableTo } = this.options;
    return {
      name: this.tagName,
      value_type: this.valueType,
      ...(this.possibleValues && { values: this.possibleValues }),
      color: color ?? defaultColor(this.tagName),
      ...(hotkey !== undefined && { hotkey }),
      applicable_type: applicableTo ?? TagApplicability.ALL,
      classes: this._classes.map(({ className }) => className),
    };
  }
}

function applicabilityProblems({ applicableTo, applicableClasses }: TagMetaOptions): string[] {
  return applicableTo === TagApplicability.IMAGES_ONLY && applicableClasses?.length
    ? ['\'applicableClasses\' are for tags of objects, a tag of \'imagesOnly\' has none: leave one of the two out'] : [];
}
