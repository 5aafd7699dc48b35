import { Lazy } from 'aws-cdk-lib';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { FleetMember } from './fleet-member';
import { FleetSpec, fleetSpec, FleetSpecInput } from './job-fleet-spec';
import { contentAsset } from '../../private/content-asset';
import { refuse } from '../../private/errors';

const EXTENSION = '.jsonl';

/** The jobs of a fleet, collected until synthesis, and the file in which they travel. */
export class FleetDeclarations {
  private readonly members = new Map<string, FleetMember>();
  private written?: FleetSpec & { readonly asset: assets.Asset };

  constructor(private readonly scope: Construct, private readonly rest: Omit<FleetSpecInput, 'members'>) {
    scope.node.addValidation({ validate: () => (this.members.size > 0 || rest.dataset ? [] : ['the fleet has no jobs: give \'jobs\' or call addJob()']) });
  }

  public add(member: FleetMember): void {
    this.checkKey(member.key);
    this.members.set(member.key, member);
  }

  /** Fails where a job of this key cannot be added. */
  public checkKey(key: string): void {
    refuse(this.scope, [
      ...this.members.has(key) ? [`the fleet has a job ${JSON.stringify(key)} already, keys must be unique`] : [],
      ...this.written ? [`job ${JSON.stringify(key)} comes too late, the fleet's jobs have been written down: add it before synthesis`] : [],
    ]);
  }

  /** Names of jobs that others have made. */
  public get adopted(): string[] {
    return [...this.members.values()].flatMap(({ adopt }) => adopt ?? []);
  }

  public get uri(): string {
    return Lazy.string({ produce: () => this.write().asset.s3ObjectUrl });
  }

  public get tokens(): object {
    return Lazy.any({ produce: () => this.write().tokens });
  }

  /** ARN pattern of files like it: a rollback reads the one before. */
  public get arnPattern(): string {
    return Lazy.string({ produce: () => this.write().asset.bucket.arnForObjects(`*${EXTENSION}`) });
  }

  private write(): FleetSpec & { readonly asset: assets.Asset } {
    if (!this.written) {
      const spec = fleetSpec(this.scope, { ...this.rest, members: [...this.members.values()] });
      this.written = { ...spec, asset: contentAsset(this.scope, 'Specification', spec.text, EXTENSION) };
    }
    return this.written;
  }
}
