import type { Subscription } from './topic-store';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** A message as published. */
export interface Publication {
  readonly topicArn: string;
  readonly messageId: string;
  readonly timestamp: string;
  readonly subject?: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** The text for a protocol: with MessageStructure `json` each may have its own. */
  readonly textFor: (protocol: string) => string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

export function passesFilter({ filter, attributes }: Subscription, publication: Publication): boolean {
  if (!filter) return true;
  if (attributes.FilterPolicyScope !== 'MessageBody') return filter(attributeValues(publication.attributes));
  try {
    return filter(JSON.parse(publication.textFor('default')));
  } catch {
    return false;
  }
}

function attributeValues(attributes: Publication['attributes']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([, { DataType }]) => DataType !== 'Binary').map(([name, { DataType, StringValue }]) => {
    if (DataType === 'Number') return [name, Number(StringValue)];
    return [name, DataType === 'String.Array' ? JSON.parse(StringValue!) : StringValue];
  }));
}

/** The JSON in which SNS wraps a message for SQS and HTTP; Lambda gets the same members in `Sns`, some spelled otherwise. */
export function envelope(publication: Publication, { arn, protocol }: Subscription, endpoint: string): Record<string, unknown> {
  const { messageId, topicArn, subject, timestamp, attributes, textFor } = publication;
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: textFor(protocol),
    Timestamp: timestamp,
    SignatureVersion: '1',
    Signature: Buffer.from(`local ${messageId}`).toString('base64'),
    SigningCertURL: `${endpoint}/SimpleNotificationService.pem`,
    UnsubscribeURL: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: envelopeAttributes(attributes) }),
  };
}

export function lambdaEvent(publication: Publication, subscription: Subscription, endpoint: string): object {
  const { SigningCertURL, UnsubscribeURL, MessageAttributes = {}, Subject = null, ...rest } = envelope(publication, subscription, endpoint);
  return {
    Records: [{
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: subscription.arn,
      Sns: { ...rest, Subject, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL, MessageAttributes },
    }],
  };
}

function envelopeAttributes(attributes: Publication['attributes']): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) =>
    [name, { Type: DataType, Value: BinaryValue ? Buffer.from(BinaryValue).toString('base64') : StringValue }]));
}
