type Members = Readonly<Record<string, unknown>>;

/** What a generation of a batch job is made from: the `request` of a desired version. */
export interface BatchWork {
  /** CreateJob's members that do not change from generation to generation. */
  readonly create: Members;
  readonly priority: number;
  readonly description?: string;
  /** Absent where the service generates one. */
  readonly manifest?: DeclaredManifest;
  /** Where manifests are written that are not declared as they are read. */
  readonly manifestBucket: string;
  readonly manifestPrefix: string;
}

/** See `BatchJobManifest` of the contract. */
export interface DeclaredManifest {
  readonly Format: string;
  readonly Fields?: readonly string[];
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
  readonly ETag?: string;
  readonly RowsBucket?: string;
  readonly Copied?: string;
}

export function workOf({ request }: { readonly request: Members }): BatchWork {
  return request as unknown as BatchWork;
}

export function isConfirmationAsked({ create }: BatchWork): boolean {
  return create.ConfirmationRequired === true;
}

export function writtenManifestKey({ manifestPrefix }: Pick<BatchWork, 'manifestPrefix'>, jobName: string): string {
  return `${manifestPrefix}${jobName}.csv`;
}
