import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each type of artifact has its own
  readonly properties?: Readonly<Record<string, any>>;
}

/** A stack of a cloud assembly, with all that its deployment needs. */
export interface AssemblyStack {
  readonly name: string;
  /** Other names that it goes by: artifact id, path in the construct tree. */
  readonly aliases: readonly string[];
  readonly account: string;
  readonly region: string;
  readonly template: string;
  /** Where the assembly publishes the template: `s3://bucket/key`, placeholders included. */
  readonly templateUrl?: string;
  readonly assetManifests: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  readonly notificationArns: readonly string[];
  readonly executionRoleArn?: string;
  readonly bootstrapVersionParameter?: string;
  /** Names of stacks of this assembly that must stand first. */
  readonly dependencies: readonly string[];
}

const UNKNOWN = /^unknown-/;

/** All stacks of a cloud assembly and of those nested in it (stages), each after the stacks that it depends on. */
export function readAssembly(directory: string): AssemblyStack[] {
  const file = path.join(directory, 'manifest.json');
  if (!existsSync(file)) {
    throw new Error(`"${directory}" is no cloud assembly: it has no manifest.json; synthesise the app first (cdk synth)`);
  }
  const { artifacts = {} } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return inOrder(artifacts).flatMap((id) => {
    const artifact = artifacts[id];
    switch (artifact.type) {
      case 'aws:cloudformation:stack': return [stackOf(directory, id, artifacts)];
      case 'cdk:cloud-assembly': return readAssembly(path.join(directory, artifact.properties!.directoryName as string));
      default: return [];
    }
  });
}

function inOrder(artifacts: Readonly<Record<string, Artifact>>): string[] {
  const ordered = new Set<string>();
  const add = (id: string) => {
    if (id in artifacts && !ordered.has(id)) {
      (artifacts[id].dependencies ?? []).forEach(add);
      ordered.add(id);
    }
  };
  Object.keys(artifacts).forEach(add);
  return [...ordered];
}

function stackOf(directory: string, id: string, artifacts: Readonly<Record<string, Artifact>>): AssemblyStack {
  const { environment = '', displayName, dependencies = [], properties = {} } = artifacts[id];
  const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  const ofType = (type: string) => dependencies.filter((dependency) => artifacts[dependency]?.type === type);
  return {
    name: properties.stackName as string | undefined ?? id,
    aliases: [id, ...(displayName ? [displayName] : [])],
    account: UNKNOWN.test(account) ? '' : account,
    region: UNKNOWN.test(region) ? '' : region,
    template: readFileSync(path.join(directory, properties.templateFile as string), 'utf8'),
    templateUrl: properties.stackTemplateAssetObjectUrl,
    assetManifests: ofType('cdk:asset-manifest').map((dependency) => path.join(directory, artifacts[dependency].properties!.file as string)),
    tags: properties.tags ?? {},
    terminationProtection: properties.terminationProtection ?? false,
    notificationArns: properties.notificationArns ?? [],
    executionRoleArn: properties.cloudFormationExecutionRoleArn,
    bootstrapVersionParameter: properties.bootstrapStackVersionSsmParameter,
    dependencies: ofType('aws:cloudformation:stack').map((dependency) => artifacts[dependency].properties?.stackName as string | undefined ?? dependency),
  };
}

/** The stacks that were asked for by any of their names, and those that they depend on or that depend on them. */
export function selectStacks(stacks: readonly AssemblyStack[], wanted: readonly string[], also: 'dependencies' | 'dependents'): AssemblyStack[] {
  const names = wanted.map((name) => {
    const found = stacks.find((stack) => stack.name === name || stack.aliases.includes(name));
    if (!found) {
      throw new Error(`the assembly has no stack "${name}"; it has ${stacks.map((stack) => `"${stack.name}"`).join(', ')}`);
    }
    return found.name;
  });
  const selected = new Set(names);
  for (let before = -1; before !== selected.size;) {
    before = selected.size;
    for (const { name, dependencies } of stacks) {
      if (also === 'dependencies' && selected.has(name)) {
        dependencies.forEach((dependency) => selected.add(dependency));
      }
      if (also === 'dependents' && dependencies.some((dependency) => selected.has(dependency))) {
        selected.add(name);
      }
    }
  }
  return wanted.length === 0 ? [...stacks] : stacks.filter(({ name }) => selected.has(name));
}
