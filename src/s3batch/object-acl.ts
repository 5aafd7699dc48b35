import { LIMITS } from '../model/s3batch/limits';
import { refuse } from '../private/errors';
import { lengthProblems } from './private/value-problems';

/**
 * Access control lists that S3 has names for.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 */
export enum CannedAccessControlList {
  /** The owner may do everything. */
  PRIVATE = 'private',
  /** All may read. */
  PUBLIC_READ = 'public-read',
  /** All may read and write. */
  PUBLIC_READ_WRITE = 'public-read-write',
  /** Amazon EC2 may read, to load a machine image. */
  AWS_EXEC_READ = 'aws-exec-read',
  /** All who have an AWS account may read. */
  AUTHENTICATED_READ = 'authenticated-read',
  /** The bucket's owner may read. */
  BUCKET_OWNER_READ = 'bucket-owner-read',
  /** The bucket's owner may do everything. */
  BUCKET_OWNER_FULL_CONTROL = 'bucket-owner-full-control',
}

/** What somebody may do with an object by its access control list. */
export enum AclPermission {
  /** All of the others. */
  FULL_CONTROL = 'FULL_CONTROL',
  /** Read the object. */
  READ = 'READ',
  /** Write objects; has a meaning for buckets only. */
  WRITE = 'WRITE',
  /** Read the object's access control list. */
  READ_ACP = 'READ_ACP',
  /** Write the object's access control list. */
  WRITE_ACP = 'WRITE_ACP',
}

/** To whom an access control list allows something. */
export class AclGrantee {
  /**
   * An account.
   *
   * @param identifier its canonical user id
   * @param displayName its name, for people
   */
  public static canonicalUser(identifier: string, displayName?: string): AclGrantee {
    refuse('AclGrantee.canonicalUser', lengthProblems('displayName', displayName, LIMITS.granteeLength));
    return new AclGrantee('id', identifier, displayName);
  }

  /**
   * The account of an e-mail address.
   *
   * @param identifier the address
   */
  public static emailAddress(identifier: string): AclGrantee {
    return new AclGrantee('emailAddress', identifier);
  }

  /**
   * A group that S3 has defined.
   *
   * @param identifier for example `http://acs.amazonaws.com/groups/s3/LogDelivery`
   */
  public static uri(identifier: string): AclGrantee {
    return new AclGrantee('uri', identifier);
  }

  private constructor(private readonly type: string, private readonly identifier: string, private readonly displayName?: string) {
    refuse('AclGrantee', lengthProblems('identifier', identifier, LIMITS.granteeLength));
  }

  /**
   * In the API's spelling.
   *
   * @internal
   */
  public _render(): Record<string, unknown> {
    return { TypeIdentifier: this.type, Identifier: this.identifier, DisplayName: this.displayName };
  }
}

/** An entry of an access control list. */
export interface AclGrant {
  /** Who is allowed something. */
  readonly grantee: AclGrantee;
  /** What is allowed. */
  readonly permission: AclPermission;
}

/** An access control list. */
export interface AccessControlListOptions {
  /** Canonical user id of the objects' owner. */
  readonly ownerId: string;

  /**
   * The owner's name, for people.
   *
   * @default - none
   */
  readonly ownerDisplayName?: string;

  /**
   * Who may do what. An empty list allows nothing to anybody but the owner.
   *
   * @default - no entries
   */
  readonly grants?: AclGrant[];
}
