/** Facts of the wire that the public models leave out. */

/** Root elements of S3's answers, where the model names only what is inside. */
export const S3_RESPONSE_ROOTS: Record<string, string> = {
  CompleteMultipartUpload: 'CompleteMultipartUploadResult',
  CreateMultipartUpload: 'InitiateMultipartUploadResult',
  DeleteObjects: 'DeleteResult',
  GetBucketAcl: 'AccessControlPolicy',
  GetBucketCors: 'CORSConfiguration',
  GetBucketLifecycleConfiguration: 'LifecycleConfiguration',
  GetBucketLocation: 'LocationConstraint',
  GetBucketLogging: 'BucketLoggingStatus',
  GetBucketNotificationConfiguration: 'NotificationConfiguration',
  GetBucketTagging: 'Tagging',
  GetBucketVersioning: 'VersioningConfiguration',
  GetObjectAcl: 'AccessControlPolicy',
  GetObjectAttributes: 'GetObjectAttributesResponse',
  GetObjectTagging: 'Tagging',
  ListBuckets: 'ListAllMyBucketsResult',
  ListMultipartUploads: 'ListMultipartUploadsResult',
  ListObjects: 'ListBucketResult',
  ListObjectsV2: 'ListBucketResult',
  ListObjectVersions: 'ListVersionsResult',
  ListParts: 'ListPartsResult',
};

/** Names of SQS's flattened lists and maps in its query protocol. */
export const SQS_QUERY_NAMES: Record<string, string> = {
  AttributeNameList: 'AttributeName',
  MessageSystemAttributeList: 'MessageSystemAttributeName',
  MessageAttributeNameList: 'MessageAttributeName',
  QueueAttributeMap: 'Attribute',
  MessageSystemAttributeMap: 'Attribute',
  MessageBodyAttributeMap: 'MessageAttribute',
  MessageBodySystemAttributeMap: 'MessageSystemAttribute',
  MessageList: 'Message',
  QueueUrlList: 'QueueUrl',
  TagMap: 'Tag',
  TagKeyList: 'TagKey',
  AWSAccountIdList: 'AWSAccountId',
  ActionNameList: 'ActionName',
  SendMessageBatchRequestEntryList: 'SendMessageBatchRequestEntry',
  SendMessageBatchResultEntryList: 'SendMessageBatchResultEntry',
  DeleteMessageBatchRequestEntryList: 'DeleteMessageBatchRequestEntry',
  DeleteMessageBatchResultEntryList: 'DeleteMessageBatchResultEntry',
  ChangeMessageVisibilityBatchRequestEntryList: 'ChangeMessageVisibilityBatchRequestEntry',
  ChangeMessageVisibilityBatchResultEntryList: 'ChangeMessageVisibilityBatchResultEntry',
  BatchResultErrorEntryList: 'BatchResultErrorEntry',
};

/** What SQS's query protocol calls the two halves of a map's entry. */
export const SQS_QUERY_ENTRIES: Record<string, [key: string, value: string]> = {
  QueueAttributeMap: ['Name', 'Value'],
  MessageSystemAttributeMap: ['Name', 'Value'],
  MessageBodyAttributeMap: ['Name', 'Value'],
  MessageBodySystemAttributeMap: ['Name', 'Value'],
  TagMap: ['Key', 'Value'],
};

const SQS = 'AWS.SimpleQueueService';

/** Codes of SQS's errors in its query protocol, where they are not the error's name. */
export const SQS_QUERY_CODES: Record<string, string> = {
  BatchEntryIdsNotDistinct: `${SQS}.BatchEntryIdsNotDistinct`,
  BatchRequestTooLong: `${SQS}.BatchRequestTooLong`,
  EmptyBatchRequest: `${SQS}.EmptyBatchRequest`,
  InvalidBatchEntryId: `${SQS}.InvalidBatchEntryId`,
  MessageNotInflight: `${SQS}.MessageNotInflight`,
  PurgeQueueInProgress: `${SQS}.PurgeQueueInProgress`,
  QueueDeletedRecently: `${SQS}.QueueDeletedRecently`,
  QueueDoesNotExist: `${SQS}.NonExistentQueue`,
  QueueNameExists: 'QueueAlreadyExists',
  TooManyEntriesInBatchRequest: `${SQS}.TooManyEntriesInBatchRequest`,
  UnsupportedOperation: `${SQS}.UnsupportedOperation`,
};

/** What ReceiveMessage really takes as `AttributeNames`: attributes of messages, though the model lists those of queues. */
export const SQS_RECEIVED_ATTRIBUTES = { operationInput: 'ReceiveMessageRequest', member: 'AttributeNames', list: 'ReceivedAttributeNameList' } as const;
