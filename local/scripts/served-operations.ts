/**
 * Which public operations each service serves; `generate-models.ts` keeps these and the shapes they reach.
 * Everything else that the service has is kept by name, so that the engine can say which call it lacks.
 */
export const SERVED_OPERATIONS: Record<string, string> = {
  'sagemaker': `
    CreateLabelingJob DescribeLabelingJob StopLabelingJob ListLabelingJobs ListLabelingJobsForWorkteam
    CreateWorkteam DescribeWorkteam UpdateWorkteam DeleteWorkteam ListWorkteams
    CreateWorkforce DescribeWorkforce UpdateWorkforce DeleteWorkforce ListWorkforces
    ListSubscribedWorkteams DescribeSubscribedWorkteam
    AddTags ListTags DeleteTags
    CreateHumanTaskUi DescribeHumanTaskUi DeleteHumanTaskUi ListHumanTaskUis RenderUiTemplate`,
  's3': `
    CreateBucket HeadBucket ListBuckets DeleteBucket GetBucketLocation
    PutObject GetObject HeadObject DeleteObject DeleteObjects CopyObject ListObjects ListObjectsV2 ListObjectVersions GetObjectAttributes
    CreateMultipartUpload UploadPart UploadPartCopy CompleteMultipartUpload AbortMultipartUpload ListParts ListMultipartUploads
    GetBucketVersioning PutBucketVersioning
    GetObjectTagging PutObjectTagging DeleteObjectTagging
    GetBucketTagging PutBucketTagging DeleteBucketTagging
    GetBucketCors PutBucketCors DeleteBucketCors
    GetBucketPolicy PutBucketPolicy DeleteBucketPolicy
    GetBucketEncryption PutBucketEncryption DeleteBucketEncryption
    GetPublicAccessBlock PutPublicAccessBlock DeletePublicAccessBlock
    GetBucketLifecycleConfiguration PutBucketLifecycleConfiguration DeleteBucketLifecycle
    GetBucketOwnershipControls PutBucketOwnershipControls DeleteBucketOwnershipControls
    GetBucketNotificationConfiguration PutBucketNotificationConfiguration
    GetBucketAcl GetObjectAcl PutObjectAcl GetBucketLogging PutBucketLogging GetBucketPolicyStatus
    GetObjectLockConfiguration PutObjectLockConfiguration
    GetObjectLegalHold PutObjectLegalHold GetObjectRetention PutObjectRetention
    RestoreObject UpdateObjectEncryption
    GetBucketReplication PutBucketReplication DeleteBucketReplication`,
  's3control': `
    CreateJob DescribeJob ListJobs UpdateJobStatus UpdateJobPriority
    GetJobTagging PutJobTagging DeleteJobTagging`,
  'service-quotas': 'GetServiceQuota GetAWSDefaultServiceQuota ListServiceQuotas ListAWSDefaultServiceQuotas',
  'sts': 'GetCallerIdentity AssumeRole GetSessionToken GetAccessKeyInfo',
  'ssm': `
    GetParameter GetParameters GetParametersByPath PutParameter DeleteParameter DeleteParameters DescribeParameters
    GetParameterHistory AddTagsToResource RemoveTagsFromResource ListTagsForResource`,
  'iam': `
    CreateRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole ListRoles
    PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies
    AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies
    CreatePolicy GetPolicy GetPolicyVersion CreatePolicyVersion DeletePolicyVersion ListPolicyVersions DeletePolicy ListPolicies
    TagRole UntagRole ListRoleTags PutRolePermissionsBoundary DeleteRolePermissionsBoundary`,
  'kms': `
    CreateKey DescribeKey ListKeys EnableKey DisableKey ScheduleKeyDeletion CancelKeyDeletion
    CreateAlias UpdateAlias DeleteAlias ListAliases
    GetKeyPolicy PutKeyPolicy ListKeyPolicies EnableKeyRotation DisableKeyRotation GetKeyRotationStatus UpdateKeyDescription
    Encrypt Decrypt ReEncrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateRandom
    TagResource UntagResource ListResourceTags`,
  'cognito-idp': `
    CreateUserPool DescribeUserPool UpdateUserPool DeleteUserPool ListUserPools
    CreateUserPoolClient DescribeUserPoolClient UpdateUserPoolClient DeleteUserPoolClient ListUserPoolClients
    CreateGroup GetGroup UpdateGroup DeleteGroup ListGroups
    CreateUserPoolDomain DescribeUserPoolDomain UpdateUserPoolDomain DeleteUserPoolDomain
    AdminCreateUser AdminGetUser AdminDeleteUser AdminAddUserToGroup AdminRemoveUserFromGroup AdminListGroupsForUser
    ListUsers ListUsersInGroup TagResource UntagResource ListTagsForResource`,
  'secretsmanager': `
    CreateSecret DescribeSecret GetSecretValue PutSecretValue UpdateSecret DeleteSecret RestoreSecret ListSecrets
    ListSecretVersionIds GetRandomPassword TagResource UntagResource`,
  'lambda': `
    CreateFunction GetFunction GetFunctionConfiguration UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction ListFunctions
    Invoke AddPermission RemovePermission GetPolicy
    PublishVersion ListVersionsByFunction CreateAlias GetAlias UpdateAlias DeleteAlias ListAliases
    CreateEventSourceMapping GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping ListEventSourceMappings
    PutFunctionConcurrency GetFunctionConcurrency DeleteFunctionConcurrency PutFunctionRecursionConfig GetFunctionRecursionConfig
    PutFunctionEventInvokeConfig GetFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig
    CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig ListFunctionUrlConfigs
    PublishLayerVersion GetLayerVersion DeleteLayerVersion ListLayers ListLayerVersions
    GetAccountSettings TagResource UntagResource ListTags`,
  'sns': `
    CreateTopic DeleteTopic ListTopics GetTopicAttributes SetTopicAttributes
    Subscribe Unsubscribe ConfirmSubscription ListSubscriptions ListSubscriptionsByTopic GetSubscriptionAttributes SetSubscriptionAttributes
    Publish PublishBatch AddPermission RemovePermission TagResource UntagResource ListTagsForResource`,
  'sqs': `
    CreateQueue DeleteQueue GetQueueUrl ListQueues GetQueueAttributes SetQueueAttributes PurgeQueue
    SendMessage SendMessageBatch ReceiveMessage DeleteMessage DeleteMessageBatch ChangeMessageVisibility ChangeMessageVisibilityBatch
    AddPermission RemovePermission TagQueue UntagQueue ListQueueTags ListDeadLetterSourceQueues`,
  'events': `
    CreateEventBus DeleteEventBus DescribeEventBus ListEventBuses
    PutRule DeleteRule DescribeRule EnableRule DisableRule ListRules ListRuleNamesByTarget
    PutTargets RemoveTargets ListTargetsByRule PutEvents TestEventPattern PutPermission RemovePermission
    TagResource UntagResource ListTagsForResource`,
  'stepfunctions': `
    CreateStateMachine UpdateStateMachine DeleteStateMachine DescribeStateMachine ListStateMachines DescribeStateMachineForExecution
    StartExecution StartSyncExecution StopExecution DescribeExecution ListExecutions GetExecutionHistory
    SendTaskSuccess SendTaskFailure SendTaskHeartbeat ValidateStateMachineDefinition TagResource UntagResource ListTagsForResource`,
  'logs': `
    CreateLogGroup DeleteLogGroup DescribeLogGroups CreateLogStream DeleteLogStream DescribeLogStreams
    PutLogEvents GetLogEvents FilterLogEvents PutRetentionPolicy DeleteRetentionPolicy
    PutMetricFilter DeleteMetricFilter DescribeMetricFilters PutResourcePolicy DescribeResourcePolicies DeleteResourcePolicy
    AssociateKmsKey DisassociateKmsKey TagResource UntagResource ListTagsForResource`,
  'cloudwatch': `
    PutMetricData ListMetrics GetMetricStatistics GetMetricData
    PutMetricAlarm DescribeAlarms DescribeAlarmsForMetric DeleteAlarms SetAlarmState EnableAlarmActions DisableAlarmActions PutCompositeAlarm
    PutDashboard GetDashboard DeleteDashboards ListDashboards TagResource UntagResource ListTagsForResource`,
  'cloudformation': `
    CreateStack UpdateStack DeleteStack DescribeStacks ListStacks DescribeStackEvents DescribeStackResource DescribeStackResources
    ListStackResources GetTemplate GetTemplateSummary ValidateTemplate CancelUpdateStack ContinueUpdateRollback RollbackStack
    CreateChangeSet DescribeChangeSet ExecuteChangeSet DeleteChangeSet ListChangeSets ListExports ListImports
    GetStackPolicy SetStackPolicy UpdateTerminationProtection SignalResource DescribeEvents DescribeType DescribeChangeSetHooks DescribeAccountLimits`,
};

export function servedOperations(service: string): string[] {
  return SERVED_OPERATIONS[service].trim().split(/\s+/).sort();
}
