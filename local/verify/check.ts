import type { S3Client } from '@aws-sdk/client-s3';
import type { S3ControlClient } from '@aws-sdk/client-s3-control';
import type { SageMakerClient } from '@aws-sdk/client-sagemaker';

export type Outcome = 'proved' | 'refuted' | 'not tried';

/** What a check has found, in words for people. */
export interface Finding {
  readonly outcome: Outcome;
  readonly seen: string;
}

/** One row of docs/assumptions.md that calls can prove. */
export interface Check {
  /** The row's first cell, to the letter. */
  readonly assumption: string;
  /** It makes something in the account, and removes it again as far as AWS lets it. */
  readonly creates?: true;
  run(account: Account): Promise<Finding>;
}

/** The account under test, and what its owner allows. */
export interface Account {
  readonly sagemaker: SageMakerClient;
  readonly s3control: S3ControlClient;
  readonly s3: S3Client;
  /** Twelve digits: calls of S3 Batch Operations name the account. */
  readonly accountId?: string;
  /** There with `--create`. */
  readonly may?: Permission;
  /** Between two looks at something that is under way. */
  readonly pollMs: number;
}

/** Whatever is missing keeps the checks that need it from being tried. */
export interface Permission {
  readonly bucket?: string;
  readonly labelingRole?: string;
  readonly workteam?: string;
  readonly batchRole?: string;
}

export function proved(seen: string): Finding {
  return { outcome: 'proved', seen };
}

export function refuted(seen: string): Finding {
  return { outcome: 'refuted', seen };
}

export function notTried(why: string): Finding {
  return { outcome: 'not tried', seen: why };
}

export function judge(holds: boolean, seen: string): Finding {
  return holds ? proved(seen) : refuted(seen);
}

/** What a service said to a call that it is expected to refuse. */
export interface Refusal {
  readonly name: string;
  readonly message: string;
  readonly status?: number;
}

const ACCESS = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnrecognizedClientException|InvalidClientTokenId|ExpiredToken(Exception)?|CredentialsProviderError)$/;

/** A refusal that is about who asks, and not about what is asked. */
export function isAboutAccess({ name }: { readonly name: string }): boolean {
  return ACCESS.test(name);
}

/** The refusal of a call; `undefined` where it went through. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode };
  }
}

/** Judges a refusal; one for want of rights says nothing about the assumption, and so does an error that is no answer of the service's. */
export function judgeRefusal(refusal: Refusal | undefined, isExpected: (refusal: Refusal) => boolean, { accessCounts = false } = {}): Finding {
  if (!refusal) return refuted('the call went through');
  const seen = `${refusal.name}${refusal.status === undefined ? '' : ` (${refusal.status})`}: ${refusal.message}`;
  if (!isExpected(refusal) && !accessCounts && (isAboutAccess(refusal) || refusal.status === undefined)) return notTried(seen);
  return judge(isExpected(refusal), seen);
}

/** The worst of several: one that is refuted refutes the assumption. */
export function together(findings: readonly Finding[]): Finding {
  const order: Outcome[] = ['refuted', 'not tried', 'proved'];
  const outcome = order.find((each) => findings.some((finding) => finding.outcome === each))!;
  return { outcome, seen: findings.filter((finding) => finding.outcome === outcome).map(({ seen }) => seen).join('; ') };
}
