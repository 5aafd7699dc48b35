import { ServiceError } from '../../../local/src/core/service';
import { protocolOf } from '../../../local/src/wire';
import { loadModel } from '../../../local/src/wire/model';
import type { WireRequest } from '../../../local/src/wire/protocol';

function request(changes: Partial<WireRequest> & { text?: string }): WireRequest {
  const { text = '', ...rest } = changes;
  return { method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body: Buffer.from(text), ...rest };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

function json(service: string, operation: string, body: unknown): WireRequest {
  return request({ headers: { 'x-amz-target': `${loadModel(service).metadata.targetPrefix}.${operation}` }, text: JSON.stringify(body) });
}

function parse(service: string, sent: WireRequest): [string | undefined, Record<string, unknown>] {
  const model = loadModel(service);
  const protocol = protocolOf(model, sent);
  const operation = protocol.operation(model, sent);
  return [operation, protocol.parse(model, operation!, sent)];
}

describe('awsJson', () => {
  test('reads timestamps and drops what the model does not know', () => {
    expect(parse('sagemaker', json('sagemaker', 'ListLabelingJobs', { CreationTimeAfter: 1.5, Nope: 1, NameContains: null })))
      .toEqual(['ListLabelingJobs', { CreationTimeAfter: new Date(1500) }]);
  });

  test.each<[string, unknown]>([['a number for a string', { NameContains: 1 }], ['a string for a number', { MaxResults: '1' }], ['a list for a structure', []]])(
    'refuses %s', (_, body) => {
      expect(() => parse('sagemaker', json('sagemaker', 'ListLabelingJobs', body))).toThrow(expect.objectContaining({ code: 'SerializationException' }));
    });

  test('writes epoch seconds, and nothing for what is undefined', () => {
    const sent = json('sagemaker', 'DescribeLabelingJob', {});
    const { body, headers } = protocolOf(loadModel('sagemaker'), sent).respond(loadModel('sagemaker'), 'DescribeLabelingJob',
      { LabelingJobName: 'x', CreationTime: new Date(1500), FailureReason: undefined, Stray: 1 }, 'id');
    expect(JSON.parse(body as string)).toEqual({ LabelingJobName: 'x', CreationTime: 1.5 });
    expect(headers['content-type']).toBe('application/x-amz-json-1.1');
  });

  test('SageMaker\'s errors carry their bare name, SQS\'s the code of its query protocol too', () => {
    const answer = (service: string, error: ServiceError) => {
      const sent = json(service, 'X', {});
      return protocolOf(loadModel(service), sent).error(loadModel(service), error, { requestId: 'id', request: sent });
    };
    const sageMaker = answer('sagemaker', new ServiceError('ResourceNotFound', 'gone'));
    expect(sageMaker.statusCode).toBe(400);
    expect(JSON.parse(sageMaker.body as string)).toEqual({ __type: 'ResourceNotFound', Message: 'gone' });
    const sqs = answer('sqs', new ServiceError('QueueDoesNotExist', 'gone'));
    expect(sqs.headers['x-amzn-query-error']).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
    expect(JSON.parse(sqs.body as string)).toMatchObject({ __type: 'com.amazonaws.sqs#QueueDoesNotExist' });
    expect(answer('sqs', new ServiceError('AWS.SimpleQueueService.NonExistentQueue', 'gone')).body).toBe(sqs.body);
  });
});

describe('query', () => {
  test('reads structures, lists and maps', () => {
    const text = 'Action=CreateTopic&Version=2010-03-31&Name=t&Tags.member.1.Key=a&Tags.member.1.Value=b%20c&Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=%C3%BC';
    expect(parse('sns', request({ headers: FORM, text })))
      .toEqual(['CreateTopic', { Name: 't', Tags: [{ Key: 'a', Value: 'b c' }], Attributes: { DisplayName: 'ü' } }]);
  });

  test('keeps more than nine items in order', () => {
    const text = `Action=TagResource&ResourceArn=a&${Array.from({ length: 12 }, (_, index) => `Tags.member.${index + 1}.Key=k${index}`).join('&')}`;
    expect((parse('sns', request({ headers: FORM, text }))[1].Tags as Array<{ Key: string }>).map(({ Key }) => Key))
      .toEqual(Array.from({ length: 12 }, (_, index) => `k${index}`));
  });

  test('SQS\'s old form names its lists and maps in its own way', () => {
    const text = 'Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5&Tag.1.Key=a&Tag.1.Value=b';
    expect(parse('sqs', request({ headers: FORM, text })))
      .toEqual(['CreateQueue', { QueueName: 'q', Attributes: { DelaySeconds: '5' }, tags: { a: 'b' } }]);
  });

  test('SQS\'s old form takes the queue from the path', () => {
    const sent = request({ headers: { ...FORM, host: '127.0.0.1:1' }, path: '/123456789012/q', text: 'Action=ReceiveMessage&AttributeName.1=All' });
    expect(parse('sqs', sent)[1]).toEqual({ QueueUrl: 'http://127.0.0.1:1/123456789012/q', AttributeNames: ['All'] });
  });

  test('answers in XML with result, request id and escaped text', () => {
    const sent = request({ headers: FORM, text: 'Action=CreateTopic' });
    const { body } = protocolOf(loadModel('sns'), sent).respond(loadModel('sns'), 'CreateTopic', { TopicArn: 'a<&>' }, 'id');
    expect(body).toBe('<CreateTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><CreateTopicResult><TopicArn>a&lt;&amp;&gt;</TopicArn></CreateTopicResult>'
      + '<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></CreateTopicResponse>');
  });

  test('errors bear the modelled code and status', () => {
    const sent = request({ headers: FORM, text: 'Action=GetTopicAttributes' });
    const { statusCode, body } = protocolOf(loadModel('sns'), sent).error(loadModel('sns'), new ServiceError('NotFoundException', 'Topic does not exist'), { requestId: 'id', request: sent });
    expect(statusCode).toBe(404);
    expect(body).toContain('<Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error><RequestId>id</RequestId>');
  });
});

describe('rest-json', () => {
  test('binds label, query, header and body', () => {
    const sent = request({
      path: '/2015-03-31/functions/f/invocations', query: new URLSearchParams('Qualifier=1'), headers: { 'x-amz-invocation-type': 'Event' }, text: '{"a":1}',
    });
    expect(parse('lambda', sent)).toEqual(['Invoke', { FunctionName: 'f', Qualifier: '1', InvocationType: 'Event', Payload: Buffer.from('{"a":1}') }]);
  });

  test('names an error in a header, its body spelled as the model spells it', () => {
    const sent = request({ path: '/2015-03-31/functions/f' });
    const { statusCode, headers, body } = protocolOf(loadModel('lambda'), sent)
      .error(loadModel('lambda'), new ServiceError('ResourceNotFoundException', 'gone'), { requestId: 'id', request: sent });
    expect(statusCode).toBe(404);
    expect(headers['x-amzn-errortype']).toBe('ResourceNotFoundException');
    expect(JSON.parse(body as string)).toEqual({ Type: 'User', Message: 'gone' });
  });
});

describe('rest-xml', () => {
  test('reads a document as payload', () => {
    const text = '<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Object><Key>a &amp; b</Key></Object><Object><Key>&#13;</Key></Object><Quiet>true</Quiet></Delete>';
    expect(parse('s3', request({ path: '/b', query: new URLSearchParams('delete'), text })))
      .toEqual(['DeleteObjects', { Bucket: 'b', Delete: { Objects: [{ Key: 'a & b' }, { Key: '\r' }], Quiet: true } }]);
  });

  test.each(['<Delete><Object>', 'no xml', '<Other/>'])('refuses %s', (text) => {
    expect(() => parse('s3', request({ path: '/b', query: new URLSearchParams('delete'), text }))).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
  });

  test('S3\'s errors stand alone, and have no body for HEAD', () => {
    const answer = (method: string) => {
      const sent = request({ method, path: '/b/k' });
      return protocolOf(loadModel('s3'), sent).error(loadModel('s3'), new ServiceError('NoSuchKey', 'gone', 404, { Key: 'k' }), { requestId: 'id', request: sent });
    };
    expect(answer('GET').body).toMatch(/^<\?xml[^>]*>\n<Error><Code>NoSuchKey<\/Code><Message>gone<\/Message><Key>k<\/Key><RequestId>id<\/RequestId>/);
    expect(answer('HEAD')).toMatchObject({ statusCode: 404 });
    expect(answer('HEAD').body).toBeUndefined();
  });
});
