import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ObjectFunction, ObjectFunctionProps } from '../../src/s3batch/object-function';
import { ObjectFailure } from '../../src/s3batch/object-function-events';

let stack: Stack;
beforeEach(() => { stack = new Stack(new App(), 'Objects'); });

function functionOf(runtime: lambda.Runtime = lambda.Runtime.NODEJS_22_X, id = 'Author'): lambda.Function {
  return new lambda.Function(stack, id, { runtime, handler: 'index.resize', code: lambda.Code.fromInline('//') });
}

function objectFunction(props: Partial<ObjectFunctionProps> = {}): ObjectFunction {
  return new ObjectFunction(stack, 'Resize', { ...props, lambdaFunction: props.lambdaFunction ?? functionOf() });
}

test('the bootstrap stands before the author\'s handler', () => {
  objectFunction();
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Handler: '/opt/nodejs/object-function.handler',
    Layers: [{ Ref: Match.stringLikeRegexp('^ObjectFunctionLayer') }],
    Environment: {
      Variables: { OBJECT_FUNCTION_HANDLER: 'index.resize', OBJECT_FUNCTION_ERRORS: 'PermanentFailure', OBJECT_FUNCTION_MISSING_KEYS: 'TemporaryFailure' },
    },
  });
});

test('Python has a bootstrap of its own', () => {
  objectFunction({ lambdaFunction: functionOf(lambda.Runtime.PYTHON_3_13) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Handler: 'cdk_labeling_object_function.handler' });
});

test('how failures count is the user\'s', () => {
  objectFunction({ treatErrorsAs: ObjectFailure.TEMPORARY, treatMissingKeysAs: ObjectFailure.PERMANENT });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { OBJECT_FUNCTION_ERRORS: 'TemporaryFailure', OBJECT_FUNCTION_MISSING_KEYS: 'PermanentFailure' } },
  });
});

test('all functions of a stack share one layer', () => {
  objectFunction();
  new ObjectFunction(stack, 'Other', { lambdaFunction: functionOf(lambda.Runtime.PYTHON_3_13, 'OtherAuthor') });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::LayerVersion', 1);
});

test('a job\'s role may invoke exactly this function', () => {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('batchoperations.s3.amazonaws.com') });
  const { lambdaFunction } = objectFunction();
  new ObjectFunction(stack, 'Second', { lambdaFunction: functionOf(undefined, 'B') }).grantInvokeByJob(role);
  expect(stack.resolve(lambdaFunction.functionArn)).not.toEqual({});
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^B'), 'Arn'] } }] },
  });
});

test('another runtime is refused with a remedy', () => {
  expect(() => objectFunction({ lambdaFunction: new lambda.Function(stack, 'Java', { runtime: lambda.Runtime.JAVA_21, handler: 'a.B', code: lambda.Code.fromBucket(bucket(), 'k') }) }))
    .toThrow(/'lambdaFunction' must have a runtime of Node.js or Python, got "java21": .*Operation.invokeFunction/);
});

test('a container image is refused with a remedy', () => {
  const image = new lambda.Function(stack, 'Image', { runtime: lambda.Runtime.FROM_IMAGE, handler: lambda.Handler.FROM_IMAGE, code: lambda.Code.fromEcrImage(repository()) });
  expect(() => objectFunction({ lambdaFunction: image })).toThrow(/'lambdaFunction' must have a runtime of Node.js or Python, got "FROM_IMAGE"/);
});

test('one function cannot be taken twice', () => {
  const lambdaFunction = functionOf();
  objectFunction({ lambdaFunction });
  expect(() => new ObjectFunction(stack, 'Again', { lambdaFunction })).toThrow('belongs to another ObjectFunction already');
});

function bucket() {
  return s3.Bucket.fromBucketName(stack, 'Code', 'code');
}

function repository() {
  return ecr.Repository.fromRepositoryName(stack, 'Images', 'images');
}
