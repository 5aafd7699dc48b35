import type { S3JobManifestGenerator } from '@aws-sdk/client-s3-control';
import { type ListedObject, listedObjects } from './listed-objects';
import { matchesFacts, matchesListing, needsFacts, type ObjectFacts } from './object-filter';
import type { EngineCore } from '../../core/engine';
import { type Caller, ServiceError } from '../../core/service';
import { eligibleFor, type ReplicationConfiguration } from '../../services/s3/replication-rules';
import { JobFailed } from '../job-failure';
import { encodeKey, type Task } from '../task';

/** Tasks for the objects of a bucket that pass a filter: current versions, for replication every version. */
export class ManifestGenerator {
  readonly bucket: string;

  constructor(private readonly core: EngineCore, private readonly caller: Caller, private readonly generator: S3JobManifestGenerator,
    private readonly allVersions: boolean) {
    this.bucket = generator.SourceBucket!.replace(/^arn:[^:]+:s3:::/, '');
  }

  async* tasks(): AsyncGenerator<Task> {
    const { accountId } = this.core.settings;
    const { Filter: filter = {}, ExpectedBucketOwner: owner = accountId } = this.generator;
    if (owner !== accountId) throw new JobFailed('AccessDenied', `${this.bucket} is not owned by the account ${owner}`);
    const isEligible = await this.eligibility();
    for await (const object of this.listed()) {
      if (!object.isLatest && !this.allVersions) continue;
      if (!matchesListing(object, filter) || !isEligible(object.key)) continue;
      if (needsFacts(filter) && !matchesFacts(await this.facts(object), filter)) continue;
      yield { bucket: this.bucket, key: encodeKey(object.key), ...(object.versionId !== 'null' && { versionId: object.versionId }) };
    }
  }

  private async* listed(): AsyncGenerator<ListedObject> {
    const [prefix] = this.generator.Filter?.KeyNameConstraint?.MatchAnyPrefix ?? [];
    try {
      yield* listedObjects(this.core, this.caller, this.bucket, prefix);
    } catch (error) {
      if (error instanceof ServiceError) throw new JobFailed(error.code, `Manifest generation could not list ${this.bucket}: ${error.message}`);
      throw error;
    }
  }

  private async eligibility(): Promise<(key: string) => boolean> {
    const wanted = this.generator.Filter?.EligibleForReplication;
    if (wanted === undefined) return () => true;
    const configuration = await this.replication();
    return (key) => wanted === (configuration !== undefined && eligibleFor(configuration, key, []) !== undefined);
  }

  private async replication(): Promise<ReplicationConfiguration | undefined> {
    try {
      return (await this.core.call<{ ReplicationConfiguration: ReplicationConfiguration }>('s3', 'GetBucketReplication', { Bucket: this.bucket }, this.caller)).ReplicationConfiguration;
    } catch (error) {
      if (error instanceof ServiceError) return undefined;
      throw error;
    }
  }

  private facts({ key, versionId }: ListedObject): Promise<ObjectFacts> {
    return this.core.call('s3', 'HeadObject', { Bucket: this.bucket, Key: key, VersionId: versionId }, this.caller);
  }
}
