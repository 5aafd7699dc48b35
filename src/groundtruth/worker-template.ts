import * as path from 'path';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { LIMITS } from '../model/groundtruth/limits';
import { BuiltInTaskType } from '../model/groundtruth/task-types';
import { defaultTemplateTexts, standardTemplate, StandardTemplateTexts, templateProblems } from '../model/groundtruth/worker-template';
import { contentAsset, contentDigest, readText } from '../private/content-asset';
import { refuse } from '../private/errors';
import { assetLocation, S3Location } from '../private/s3-location';
import { tokenProblems } from '../private/tokens';

/** `.html` makes the object's content type text/html. */
const EXTENSION = '.html';

/** @internal */
export interface BoundWorkerTemplate {
  readonly location: S3Location;
  /** What the user set of it; nothing where it is the library's own. */
  readonly revision?: string;
}

/** Texts of the standard template. */
export interface StandardTemplateOptions {
  /**
   * The question above the data object, plain text.
   *
   * @default - a sentence that fits the task type
   */
  readonly header?: string;

  /**
   * What a worker always sees, plain text.
   *
   * @default - a sentence that fits the task type
   */
  readonly shortInstructions?: string;

  /**
   * What a worker sees on demand, plain text.
   *
   * @default - a sentence that fits the task type
   */
  readonly fullInstructions?: string;
}

/**
 * The page on which workers label: HTML with Liquid.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-custom-templates-step2.html
 */
export abstract class WorkerTemplate {
  /**
   * The library's page for a built-in task type, with your texts.
   *
   * @param options the texts; they must be known at synthesis
   */
  public static standard(options: StandardTemplateOptions = {}): WorkerTemplate {
    return new StandardTemplate(options);
  }

  /**
   * A page from a file. Built-in task types need the names of elements of AWS's guide, because the consolidation reads answers by them.
   *
   * @param file path of the file, relative to the working directory
   */
  public static fromAsset(file: string): WorkerTemplate {
    return new AssetTemplate(file);
  }

  /**
   * A page written in code.
   *
   * @param content HTML with Liquid, at most 128,000 characters; it must be known at synthesis
   */
  public static fromString(content: string): WorkerTemplate {
    return new StringTemplate(content);
  }

  /**
   * Puts the page where the job can read it.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, type?: BuiltInTaskType, auditLabelAttributeName?: string): BoundWorkerTemplate;
}

class StandardTemplate extends WorkerTemplate {
  constructor(private readonly options: StandardTemplateOptions) {
    super();
    refuse('WorkerTemplate.standard', Object.entries(options).flatMap(([name, text]) => tokenProblems(name, [text], 'it is written to a file')));
  }

  public _bind(scope: Construct, type?: BuiltInTaskType, auditLabelAttributeName?: string): BoundWorkerTemplate {
    if (!type?.crowd) {
      refuse(scope, [`'template' has no standard for task type ${type?.id ?? 'Custom'}: use WorkerTemplate.fromAsset() or fromString()`]);
    }
    const given = Object.fromEntries(Object.entries(this.options).filter(([, text]) => text !== undefined)) as Partial<StandardTemplateTexts>;
    const content = standardTemplate(type!, { ...defaultTemplateTexts(type!), ...given }, auditLabelAttributeName);
    return {
      location: assetLocation(contentAsset(scope, 'Template', content, EXTENSION), EXTENSION),
      revision: Object.keys(given).length > 0 ? JSON.stringify(given, Object.keys(given).sort()) : undefined,
    };
  }
}

class AssetTemplate extends WorkerTemplate {
  private readonly content: string;

  constructor(private readonly file: string) {
    super();
    refuse('WorkerTemplate.fromAsset', tokenProblems('file', [file], 'the file is read at synthesis'));
    this.content = readText('WorkerTemplate.fromAsset', file);
    refuse(`WorkerTemplate.fromAsset(${JSON.stringify(file)})`, templateProblems(this.content, LIMITS.templateLength));
  }

  public _bind(scope: Construct): BoundWorkerTemplate {
    const extension = path.extname(this.file);
    // a file of another extension would be served as another content type
    const location = extension === EXTENSION || extension === '.htm'
      ? assetLocation(new assets.Asset(scope, 'Template', { path: this.file }), extension)
      : assetLocation(contentAsset(scope, 'Template', this.content, EXTENSION), EXTENSION);
    return { location, revision: contentDigest(this.content) };
  }
}

class StringTemplate extends WorkerTemplate {
  constructor(private readonly content: string) {
    super();
    const unknown = tokenProblems('content', [content], 'it is written to a file');
    refuse('WorkerTemplate.fromString', unknown.length > 0 ? unknown : templateProblems(content, LIMITS.templateLength));
  }

  public _bind(scope: Construct): BoundWorkerTemplate {
    return {
      location: assetLocation(contentAsset(scope, 'Template', this.content, EXTENSION), EXTENSION),
      revision: contentDigest(this.content),
    };
  }
}
