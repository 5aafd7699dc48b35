import { type Filter, fromOldForm, isBelow, passes } from './filters';
import { checkName, checkValue, HISTORY_LIMIT, invalid, newest, type Parameter, type ParameterVersion } from './parameter';
import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import { type RequestContext, type Service, ServiceError } from '../../core/service';
import { mergeTags, withoutTags } from '../../core/tags';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const DEFAULT_KEY = 'alias/aws/ssm';
/** What KMS encrypts in one call. */
const ENCRYPT_LIMIT = 4096;

/** AWS Systems Manager: the parameter store. */
export function createSsm(core: EngineCore): Service {
  const parameters = new Map<string, Parameter>();
  const { region, accountId, partition } = core.settings;

  function arn(name: string): string {
    return `arn:${partition}:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  }

  /** `name`, `name:version` or the same as an ARN. */
  function find(reference: string): { parameter: Parameter; version: ParameterVersion; selector?: string } | undefined {
    const [name, selector] = named(reference);
    const parameter = parameters.get(name) ?? (reference.startsWith('arn:') ? parameters.get(name.slice(1)) : undefined);
    if (!parameter) return undefined;
    if (selector === undefined) return { parameter, version: newest(parameter) };
    const version = parameter.versions.find((candidate) => String(candidate.version) === selector);
    if (!version) throw new ServiceError('ParameterVersionNotFound', `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`);
    return { parameter, version, selector: `:${selector}` };
  }

  function get(reference: string): NonNullable<ReturnType<typeof find>> {
    const found = find(reference);
    if (!found) throw new ServiceError('ParameterNotFound', '');
    return found;
  }

  function shown({ parameter, version, selector }: NonNullable<ReturnType<typeof find>>, decrypt: boolean | undefined): object {
    return {
      Name: parameter.name,
      Type: version.type,
      Value: version.ciphertext === undefined || decrypt ? version.value : version.ciphertext,
      Version: version.version,
      Selector: selector,
      LastModifiedDate: new Date(version.modified),
      ARN: arn(parameter.name),
      DataType: version.dataType,
    };
  }

  function metadata(name: string, version: ParameterVersion): object {
    return {
      Name: name,
      Type: version.type,
      KeyId: version.keyId,
      LastModifiedDate: new Date(version.modified),
      LastModifiedUser: version.modifiedBy,
      Description: version.description,
      AllowedPattern: version.allowedPattern,
      Version: version.version,
      Tier: version.tier,
      Policies: version.policies === undefined ? [] : [{ PolicyText: version.policies, PolicyStatus: 'Pending' }],
      DataType: version.dataType,
    };
  }

  async function put(input: Input, { caller }: RequestContext): Promise<object> {
    const present = parameters.get(input.Name as string);
    if (present && input.Overwrite !== true) {
      throw new ServiceError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
    }
    if (present && input.Tags) throw invalid('Invalid request: tags and overwrite can\'t be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.');
    const former = present && newest(present);
    checkName(input.Name);
    const type = (input.Type ?? former?.type) as string | undefined;
    if (!type) throw invalid('A parameter type is required when you create a parameter.');
    if (former && (former.type === 'SecureString') !== (type === 'SecureString')) {
      throw new ServiceError('HierarchyTypeMismatchException', 'A parameter\'s type cannot be changed to or from SecureString.');
    }
    const tier = (input.Tier ?? former?.tier ?? 'Standard') as string;
    checkValue(input.Value, tier, input.AllowedPattern);
    const version: ParameterVersion = {
      version: (former?.version ?? 0) + 1,
      type,
      value: input.Value,
      ...(type === 'SecureString' && await encrypt(input.Value, input.KeyId ?? former?.keyId ?? DEFAULT_KEY)),
      description: input.Description ?? former?.description,
      allowedPattern: input.AllowedPattern,
      tier: tier === 'Intelligent-Tiering' ? 'Standard' : tier,
      dataType: input.DataType ?? former?.dataType ?? 'text',
      policies: input.Policies,
      modified: core.clock.now(),
      modifiedBy: caller.arn,
    };
    const parameter: Parameter = present ?? { name: input.Name as string, versions: [], tags: [...(input.Tags ?? [])] };
    parameter.versions.push(version);
    if (parameter.versions.length > HISTORY_LIMIT) parameter.versions.shift();
    parameters.set(parameter.name, parameter);
    return { Version: version.version, Tier: version.tier };
  }

  async function encrypt(value: string, keyId: string): Promise<{ ciphertext: string; keyId: string }> {
    try {
      const plaintext = Buffer.from(value);
      const parts: Buffer[] = [];
      for (let start = 0; start < plaintext.length; start += ENCRYPT_LIMIT) {
        const Plaintext = plaintext.subarray(start, start + ENCRYPT_LIMIT);
        parts.push((await core.call<{ CiphertextBlob: Buffer }>('kms', 'Encrypt', { KeyId: keyId, Plaintext })).CiphertextBlob);
      }
      return { ciphertext: Buffer.concat(parts).toString('base64'), keyId };
    } catch (error) {
      throw new ServiceError('InvalidKeyId', (error as Error).message);
    }
  }

  function describe(input: Input): object {
    const filters = [...(input.ParameterFilters ?? []) as Filter[], ...fromOldForm(input.Filters ?? [])];
    const found = sorted().filter((parameter) => passes(parameter, filters));
    const { items, nextToken } = pageOf(found, input.NextToken, input.MaxResults ?? 50, badToken);
    const Parameters = items.map((parameter) => ({ ...metadata(parameter.name, newest(parameter)), ARN: arn(parameter.name) }));
    return { Parameters, NextToken: nextToken };
  }

  function byPath({ Path, Recursive = false, ParameterFilters = [], WithDecryption, MaxResults = 10, NextToken }: Input): object {
    if (!Path.startsWith('/')) throw invalid('The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".');
    const found = sorted().filter((parameter) => isBelow(parameter.name, Path, Recursive) && passes(parameter, ParameterFilters));
    const { items, nextToken } = pageOf(found, NextToken, MaxResults, badToken);
    return { Parameters: items.map((parameter) => shown({ parameter, version: newest(parameter) }, WithDecryption)), NextToken: nextToken };
  }

  function sorted(): Parameter[] {
    return [...parameters.values()].sort((left, right) => left.name < right.name ? -1 : 1);
  }

  function tagged({ ResourceType, ResourceId }: Input): Parameter {
    if (ResourceType !== 'Parameter') throw new ServiceError('InvalidResourceType', `The local engine tags parameters only, not ${ResourceType}.`);
    const parameter = parameters.get(ResourceId as string);
    if (!parameter) throw new ServiceError('InvalidResourceId', 'The resource ID is not valid. Verify that you entered the correct ID and try again.');
    return parameter;
  }

  return {
    name: 'ssm',
    operations: {
      PutParameter: put,
      GetParameter: ({ Name, WithDecryption }: Input) => ({ Parameter: shown(get(Name), WithDecryption) }),
      GetParameters: ({ Names, WithDecryption }: Input) => {
        const found = (Names as string[]).map((name) => ({ name, parameter: find(name) }));
        return {
          Parameters: found.flatMap(({ parameter }) => parameter ? [shown(parameter, WithDecryption)] : []),
          InvalidParameters: found.flatMap(({ name, parameter }) => parameter ? [] : [name]),
        };
      },
      GetParametersByPath: byPath,
      GetParameterHistory: ({ Name, WithDecryption, MaxResults = 50, NextToken }: Input) => {
        const { parameter } = get(Name);
        const { items, nextToken } = pageOf(parameter.versions, NextToken, MaxResults, badToken);
        return {
          Parameters: items.map((version) => ({
            ...metadata(parameter.name, version), ...shown({ parameter, version }, WithDecryption), Labels: [],
          })),
          NextToken: nextToken,
        };
      },
      DescribeParameters: describe,
      DeleteParameter: ({ Name }: Input) => {
        parameters.delete(get(Name).parameter.name);
        return {};
      },
      DeleteParameters: ({ Names }: Input) => {
        const names = Names as string[];
        const DeletedParameters = names.filter((name) => parameters.delete(name));
        return { DeletedParameters, InvalidParameters: names.filter((name) => !DeletedParameters.includes(name)) };
      },
      AddTagsToResource: (input: Input) => {
        const parameter = tagged(input);
        parameter.tags = mergeTags(parameter.tags, input.Tags);
        return {};
      },
      RemoveTagsFromResource: (input: Input) => {
        const parameter = tagged(input);
        parameter.tags = withoutTags(parameter.tags, input.TagKeys);
        return {};
      },
      ListTagsForResource: (input: Input) => ({ TagList: tagged(input).tags }),
    },
    simplified: {
      PutParameter: 'Parameter policies are stored and do not act; labels, public parameters and changes of tier are not served.',
      GetParameter: 'References by label or to Secrets Manager are not resolved.',
    },
  };
}

/** Name and version of `name`, `name:version`, `arn:…:parameter/name` or `arn:…:parameter/name:version`. */
function named(reference: string): [name: string, version?: string] {
  const plain = reference.replace(/^arn:[^:]+:ssm:[^:]*:\d*:parameter/, '');
  const [name, version] = plain.split(':');
  return [name, version];
}

function badToken(): ServiceError {
  return new ServiceError('InvalidNextToken', 'The specified token isn\'t valid.');
}
