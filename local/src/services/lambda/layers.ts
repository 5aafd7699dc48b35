import type { DeleteLayerVersionCommandInput, GetLayerVersionCommandInput, ListLayersCommandInput, ListLayerVersionsCommandInput, PublishLayerVersionCommandInput } from '@aws-sdk/client-lambda';
import type { CodePackage, CodeStore } from './code-store';
import { invalidParameter, notFound } from './errors';
import { page } from './page';
import type { EngineCore } from '../../core/engine';

interface LayerVersion {
  readonly facts: {
    readonly LayerArn: string;
    readonly LayerVersionArn: string;
    readonly Version: number;
    readonly CompatibleRuntimes?: string[];
    readonly CompatibleArchitectures?: string[];
  };
  readonly code: CodePackage;
}

/** Layers of this account; those of others (AWS's own, say) are accepted and hold nothing here. */
export class LayerStore {
  private readonly layers = new Map<string, LayerVersion[]>();

  constructor(private readonly core: EngineCore) {}

  arn(name: string): string {
    const { partition, region, accountId } = this.core.settings;
    return name.startsWith('arn:') ? name : `arn:${partition}:lambda:${region}:${accountId}:layer:${name}`;
  }

  add(name: string, make: (arn: string, version: number) => LayerVersion): LayerVersion {
    const arn = this.arn(name);
    const versions = this.layers.get(arn) ?? [];
    const version = make(arn, (versions.at(-1)?.facts.Version ?? 0) + 1);
    this.layers.set(arn, [...versions, version]);
    return version;
  }

  versions(name: string): LayerVersion[] {
    return this.layers.get(this.arn(name)) ?? [];
  }

  all(): LayerVersion[][] {
    return [...this.layers.values()].filter((versions) => versions.length > 0);
  }

  remove(name: string, version: number): void {
    this.layers.set(this.arn(name), this.versions(name).filter(({ facts }) => facts.Version !== version));
  }

  /** Where the layers of a function lie, in order. */
  directories(layerVersionArns: readonly string[]): string[] {
    return layerVersionArns.flatMap((arn) => {
      const found = this.versions(arn.split(':').slice(0, 7).join(':')).find(({ facts }) => facts.LayerVersionArn === arn);
      if (!found && arn.split(':')[4] === this.core.settings.accountId) throw invalidParameter(`Layer version ${arn} does not exist.`);
      return found ? [found.code.directory] : [];
    });
  }
}

export class LayerOperations {
  constructor(private readonly core: EngineCore, private readonly store: LayerStore, private readonly codes: CodeStore) {}

  readonly PublishLayerVersion = async (input: PublishLayerVersionCommandInput) => {
    const code = await this.codes.load(input.Content!);
    const { LayerName, Content, ...settings } = input;
    const { facts } = this.store.add(LayerName!, (arn, version) => ({
      code,
      facts: {
        ...settings,
        LayerArn: arn,
        LayerVersionArn: `${arn}:${version}`,
        Version: version,
        CreatedDate: new Date(this.core.clock.now()).toISOString().replace('Z', '+0000'),
      },
    }));
    return { ...facts, Content: contentOf(code) };
  };

  readonly GetLayerVersion = (input: GetLayerVersionCommandInput) => {
    const found = this.store.versions(input.LayerName!).find(({ facts }) => facts.Version === input.VersionNumber);
    if (!found) throw notFound('The resource you requested does not exist.');
    return { ...found.facts, Content: contentOf(found.code) };
  };

  readonly DeleteLayerVersion = (input: DeleteLayerVersionCommandInput): object => {
    this.store.remove(input.LayerName!, input.VersionNumber!);
    return {};
  };

  readonly ListLayerVersions = (input: ListLayerVersionsCommandInput) => {
    const versions = this.store.versions(input.LayerName!).filter((version) => isCompatible(version, input)).reverse();
    const { items, NextMarker } = page(versions.map(({ facts }) => facts), input);
    return { LayerVersions: items, NextMarker };
  };

  readonly ListLayers = (input: ListLayersCommandInput) => {
    const newest = this.store.all().map((versions) => versions.findLast((version) => isCompatible(version, input))).filter((version) => version !== undefined);
    const { items, NextMarker } = page(newest.map(({ facts }) => ({ LayerName: facts.LayerArn.split(':')[6], LayerArn: facts.LayerArn, LatestMatchingVersion: facts })), input);
    return { Layers: items, NextMarker };
  };
}

function contentOf({ zip, sha256 }: CodePackage): object {
  return { CodeSha256: sha256, CodeSize: zip.length };
}

function isCompatible({ facts }: LayerVersion, { CompatibleRuntime, CompatibleArchitecture }: ListLayersCommandInput): boolean {
  return (!CompatibleRuntime || Boolean(facts.CompatibleRuntimes?.includes(CompatibleRuntime)))
    && (!CompatibleArchitecture || Boolean(facts.CompatibleArchitectures?.includes(CompatibleArchitecture)));
}
