import { createHash } from 'crypto';
import { DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ValidationError } from './errors';

/** Stands for a `$` that begins no placeholder. */
const DOLLAR = 'Dollar';

/**
 * Replaces what only the deployment knows by placeholders (`${<name>}`), so that the rest can be written to a file. A placeholder is named
 * after what it stands for, whatever else is in the file: equal things have one name, and adding one leaves the others alone.
 */
export class TokenTexts {
  private readonly values = new Map<string, unknown>();

  constructor(private readonly scope: IConstruct) {}

  /** What stands behind each placeholder. */
  public get tokens(): Record<string, unknown> {
    return Object.fromEntries([...this.values].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** A copy without tokens. */
  public replace(value: unknown, where = ''): unknown {
    if (typeof value === 'string') return this.replaceText(value);
    if (typeof value === 'number') return Token.isUnresolved(value) ? this.placeholder(Tokenization.reverseNumber(value)!) : value;
    if (Array.isArray(value)) return this.replaceList(value, where);
    if (typeof value !== 'object' || value === null) return value;
    if (Tokenization.isResolvable(value)) return this.placeholder(value as IResolvable);
    return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)
      .map(([key, member]) => [this.replaceText(key), this.replace(member, where === '' ? key : `${where}.${key}`)]));
  }

  private replaceText(text: string): string {
    const escaped = text.replace(/\$\{(?!Token\[)/g, () => `${this.named(DOLLAR, '$')}{`);
    if (!Token.isUnresolved(escaped)) return escaped;
    return Tokenization.reverseString(escaped).mapTokens({ mapToken: (token) => this.placeholder(token) }).join(TEXT);
  }

  /** A list of unknown length is one thing in CloudFormation, and a file needs its elements. */
  private replaceList(values: unknown[], where: string): unknown[] {
    if (Token.isUnresolved(values)) {
      throw new ValidationError(this.scope.node.path, [`'${where}' must be known at synthesis, got a token: it is written to a file`]);
    }
    return values.map((value, index) => this.replace(value, `${where}[${index}]`));
  }

  private placeholder(token: IResolvable): string {
    const meaning = JSON.stringify(Tokenization.resolve(token, { scope: this.scope, resolver: new Describing(), preparing: false }));
    return this.named(`T${createHash('sha256').update(meaning, 'utf8').digest('hex').slice(0, 12)}`, token);
  }

  private named(name: string, value: unknown): string {
    if (!this.values.has(name)) this.values.set(name, value);
    return `\${${name}}`;
  }
}

const TEXT: IFragmentConcatenator = { join: (left: unknown, right: unknown) => `${left ?? ''}${right ?? ''}` };

/** Keeps both sides, whatever they are. */
const PAIRS: IFragmentConcatenator = {
  join: (left: unknown, right: unknown) => (left === undefined ? right : right === undefined ? left : { join: [left, right] }),
};

/** Says what a token means before CloudFormation's references have got their final form, which differs from stack to stack. */
class Describing extends DefaultTokenResolver {
  constructor() {
    super(PAIRS);
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    return Reference.isReference(token)
      ? { reference: [token.target.node.path, token.displayName] }
      : super.resolveToken(token, context, postProcessor);
  }
}
