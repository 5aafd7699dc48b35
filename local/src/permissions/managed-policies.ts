const statement = (...actions: string[]) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** Those of AWS's own policies that roles of functions commonly have; of others the engine does not know what they allow. */
export const MANAGED_POLICIES: Readonly<Record<string, string>> = {
  'AdministratorAccess': statement('*'),
  'service-role/AWSLambdaBasicExecutionRole': statement(...LOGS),
  'service-role/AWSLambdaVPCAccessExecutionRole': statement(...LOGS, 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'),
  'service-role/AWSLambdaSQSQueueExecutionRole': statement(...LOGS, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
};
